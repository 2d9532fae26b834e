using KpGrpc.LedgerServer.Storage;

namespace KpGrpc.LedgerServer.Ordering;

/// <summary>Outcomes of commands that came together.</summary>
/// <param name="Outcomes">One a command, in their order.</param>
/// <param name="Checkpoint">Signed checkpoint that covers all of them.</param>
internal sealed record CommittedGroup(IReadOnlyList<CommitOutcome> Outcomes, StoredCheckpoint Checkpoint);
