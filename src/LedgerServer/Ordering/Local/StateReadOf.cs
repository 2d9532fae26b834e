using KpGrpc.LedgerServer.Execution;

namespace KpGrpc.LedgerServer.Ordering.Local;

/// <summary>A question with its answer's type.</summary>
internal sealed class StateReadOf<T>(Func<LedgerState, T> read) : StateRead
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => completion.Task;

    public override void Run(LedgerState state)
    {
        try
        {
            completion.TrySetResult(read(state));
        }
        catch (Exception exception)
        {
            completion.TrySetException(exception);
        }
    }

    public override void Fail(Exception exception) => completion.TrySetException(exception);
}
