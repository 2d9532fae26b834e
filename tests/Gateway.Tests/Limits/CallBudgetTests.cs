using KpGrpc.Gateway.Limits;

namespace KpGrpc.Gateway.Tests.Limits;

public sealed class CallBudgetTests
{
    private readonly CallBudget budget = new();

    [Fact]
    public void TryTake_BeforeAnythingIsGranted_AsksForMore() => Assert.Null(budget.TryTake(10));

    [Fact]
    public async Task TryTake_OfWhatWasGranted_EndsWithIt()
    {
        await budget.AskAsync(10, _ => Task.FromResult(2));

        Assert.True(budget.TryTake(10));
        Assert.True(budget.TryTake(10));
        Assert.Null(budget.TryTake(10));
        await budget.AskAsync(10, granted => Task.FromResult(granted == 2 ? 0 : 1));
        Assert.False(budget.TryTake(10));
    }

    [Fact]
    public async Task TryTake_InTheNextSecond_BeginsAnew()
    {
        await budget.AskAsync(10, _ => Task.FromResult(0));

        Assert.Null(budget.TryTake(11));
        await budget.AskAsync(11, granted => Task.FromResult(granted + 1));
        Assert.True(budget.TryTake(11));
    }

    [Fact]
    public async Task AskAsync_ByManyAtOnce_AsksOnce()
    {
        var (asked, answer) = (0, new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
        Task<int> AskedAsync()
        {
            Interlocked.Increment(ref asked);
            return answer.Task;
        }

        var waiting = Enumerable.Range(0, 20).Select(_ => budget.AskAsync(10, _ => AskedAsync())).ToArray();
        answer.SetResult(5);
        await Task.WhenAll(waiting);

        Assert.Equal(1, asked);
        Assert.Equal([true, true, true, true, true, null], Enumerable.Range(0, 6).Select(_ => budget.TryTake(10)));
    }

    [Fact]
    public async Task AskAsync_ForASecondThatIsOver_GivesNothing()
    {
        await budget.AskAsync(11, _ => Task.FromResult(1));
        Assert.True(budget.TryTake(11));

        await budget.AskAsync(10, _ => Task.FromResult(5));

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
