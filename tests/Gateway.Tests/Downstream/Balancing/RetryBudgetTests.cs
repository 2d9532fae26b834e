using KpGrpc.Gateway.Downstream.Balancing;

namespace KpGrpc.Gateway.Tests.Downstream.Balancing;

public sealed class RetryBudgetTests
{
    [Fact]
    public void TrySpend_AfterTheSavedOnes_AllowsItsShareOfCalls()
    {
        var budget = new RetryBudget(0.2, 20);
        Assert.Equal(20, Enumerable.Range(0, 100).Count(_ => budget.TrySpend()));
        var spent = 0;
        for (var call = 0; call < 1_000; call++)
        {
            budget.Save();
            spent += budget.TrySpend() ? 1 : 0;
        }

        Assert.Equal(200, spent);
    }

    [Fact]
    public void Save_WithoutEnd_StaysAtTheBound()
    {
        var budget = new RetryBudget(1, 3);
        for (var call = 0; call < 100; call++)
        {
            budget.Save();
        }

        Assert.Equal(3, Enumerable.Range(0, 100).Count(_ => budget.TrySpend()));
    }

    [Fact]
    public void TrySpend_ShareOfNothing_IsNeverAllowed()
    {
        var budget = new RetryBudget(0, 20);
        budget.Save();
        Assert.False(budget.TrySpend());
    }
}
