using KpGrpc.Gateway.Limits;

namespace KpGrpc.Gateway.Tests.Limits;

public sealed class CallBudgetTests
{
    private readonly CallBudget budget = new();

    [Fact]
    public void TryTake_BeforeAnythingIsGranted_AsksForMore() => Assert.Null(budget.TryTake(10));

    [Fact]
    public void TryTake_OfWhatWasGranted_EndsWithIt()
    {
        Assert.True(budget.Grant(10, 3));
        Assert.True(budget.TryTake(10));
        Assert.True(budget.TryTake(10));
        Assert.Null(budget.TryTake(10));
        Assert.False(budget.Grant(10, 0));
        Assert.False(budget.TryTake(10));
    }

    [Fact]
    public void TryTake_InTheNextSecond_BeginsAnew()
    {
        budget.Grant(10, 0);

        Assert.Null(budget.TryTake(11));
        Assert.True(budget.Grant(11, 1));
    }

    [Fact]
    public void Grant_OfASecondThatIsOver_GivesNothing()
    {
        budget.Grant(11, 1); // taken at once

        Assert.False(budget.Grant(10, 5));
        Assert.Null(budget.TryTake(11));
    }

    [Fact]
    public void TryEnter_BeyondTheBound_IsRefusedUntilOneLeaves()
    {
        Assert.True(budget.TryEnter(2));
        Assert.True(budget.TryEnter(2));
        Assert.False(budget.TryEnter(2));

        budget.Leave();

        Assert.True(budget.TryEnter(2));
        Assert.False(budget.IsIdle);
    }
}
