using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Storage.Subjects;
using KpGrpc.LedgerServer.Wire;

namespace KpGrpc.LedgerServer.Ordering;

/// <summary>
/// One commit: execute → append to the log → one synced write → publish the checkpoint. Every orderer drives it, from one
/// thread. After an exception the engine may be ahead of the disk: the caller must stop the process.
/// </summary>
/// <param name="engine">The rules and their state.</param>
/// <param name="log">The growing end of the log.</param>
/// <param name="store">Where commits go.</param>
/// <param name="encoder">Makes leaves.</param>
/// <param name="head">Where the new checkpoint is published.</param>
/// <param name="subjects">Keeps personal data outside the log.</param>
/// <param name="write">Makes a batch durable: <see cref="LedgerStore.Commit"/> in production, a faulty disk in tests.</param>
/// <param name="committed">Told of each commit once it is durable; null for nobody.</param>
internal sealed class CommitPipeline(
    LedgerEngine engine, LedgerLog log, LedgerStore store, ReceiptEncoder encoder, CommittedHead head, SubjectVault subjects, Action<CommitBatch> write,
    Action<CommitTally>? committed = null)
{
    private readonly CommitTally tally = new();

    /// <summary>Commits groups of commands in their order.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="nowMicros">The orderer's clock; where it has fallen, the time of the last command is taken again.</param>
    /// <returns>One result a group, all durable.</returns>
    public IReadOnlyList<CommittedGroup> Commit(IReadOnlyList<IReadOnlyList<AdmittedCommand>> groups, long nowMicros)
    {
        tally.Begin();
        var orderedAt = Math.Max(nowMicros, engine.State.LastOrderedAtMicros ?? 0);
        var before = log.Size;
        using var batch = store.NewBatch();
        var outcomes = groups.Select(group => group.Select(command => Execute(command, orderedAt, batch)).ToArray()).ToArray();
        if (log.Size > before)
        {
            InvariantCheck.Require(engine.State.Accounts);
            var checkpoint = log.Sign(nowMicros);
            batch.AddCheckpoint(checkpoint);
            write(batch);
            head.Publish(checkpoint);
            subjects.Finish();
            tally.End(batch.EntryBytes);
            committed?.Invoke(tally);
        }

        return [.. outcomes.Select(group => new CommittedGroup([.. group.Select(WithLeaf)], head.Newest))];
    }

    private CommitOutcome Execute(AdmittedCommand admitted, long orderedAt, CommitBatch batch)
    {
        switch (engine.Execute(admitted.Command, log.Size, orderedAt))
        {
            case Executed executed:
                var receipt = executed.Receipt;
                tally.Add(receipt);
                var leaf = encoder.Encode(receipt);
                var leafHash = log.Append(leaf, batch);
                var keys = new EntryKeys(
                    StoreLayout.IdempotencyKey(receipt.OrganizationId, receipt.IdempotencyKey.ToBytes()), receipt.CommandHash, leafHash);
                batch.AddEntry(receipt.Sequence, admitted.ToStored(orderedAt).Encode(), leaf, keys);
                subjects.Stage(receipt, admitted.SealedData, batch);
                batch.AddHistory(engine.State.Accounts.Journal, receipt.Sequence, orderedAt);
                return new Committed(receipt.Sequence, leaf, Replayed: false);
            case Replayed replayed:
                return new Committed(replayed.FirstSequence, [], Replayed: true);
            case Conflict conflict:
                return new KeyTaken(conflict.FirstSequence);
            case var other:
                throw new InvalidOperationException($"the engine gave an unknown outcome {other.GetType().Name}");
        }
    }

    // The first receipt may stand in this very commit, so it is read once that is durable.
    private CommitOutcome WithLeaf(CommitOutcome outcome) => outcome is Committed { Replayed: true } replayed
        ? replayed with { Leaf = store.RequireLeaf(replayed.Sequence) }
        : outcome;
}
