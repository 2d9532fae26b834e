using KpGrpc.LedgerServer.Admission;

namespace KpGrpc.LedgerServer.Ordering.Local;

/// <summary>Commands that follow each other in the order.</summary>
internal sealed class SubmittedGroup(IReadOnlyList<AdmittedCommand> commands) : WorkItem
{
    private readonly TaskCompletionSource<CommittedGroup> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<AdmittedCommand> Commands => commands;

    public Task<CommittedGroup> Commit => completion.Task;

    public override int Weight => commands.Count;

    public override long Bytes { get; } = commands.Sum(command => (long)command.Payload.Length);

    public void Complete(CommittedGroup committed) => completion.TrySetResult(committed);

    public override void Fail(Exception exception) => completion.TrySetException(exception);
}
