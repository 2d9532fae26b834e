using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;

namespace KpGrpc.LedgerServer.Ordering.Local;

/// <summary>What waits in the queue.</summary>
internal abstract class WorkItem
{
    /// <summary>Places that it takes in the queue.</summary>
    public abstract int Weight { get; }

    /// <summary>Tells the waiter that there will be no answer.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>Commands that follow each other in the order.</summary>
internal sealed class SubmittedGroup(IReadOnlyList<AdmittedCommand> commands) : WorkItem
{
    private readonly TaskCompletionSource<CommittedGroup> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<AdmittedCommand> Commands => commands;

    public Task<CommittedGroup> Commit => completion.Task;

    public override int Weight => commands.Count;

    public void Complete(CommittedGroup committed) => completion.TrySetResult(committed);

    public override void Fail(Exception exception) => completion.TrySetException(exception);
}

/// <summary>A question about the state between commits.</summary>
internal abstract class StateRead : WorkItem
{
    public override int Weight => 1;

    /// <summary>Answers; never throws.</summary>
    public abstract void Run(LedgerState state);
}

/// <summary>A question with its answer's type.</summary>
internal sealed class StateRead<T>(Func<LedgerState, T> read) : StateRead
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
