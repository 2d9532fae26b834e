using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>Changes that wait for approvals, ordered by the sequence of their proposal, and what became of the others.</summary>
internal sealed class ChangeTable : IStateTable
{
    private readonly SortedDictionary<ulong, PendingChange> _pending = [];
    private readonly Dictionary<Hash256, DecidedChange> _decidedByHash = [];
    private readonly List<DecidedChange> _decided = [];

    /// <summary>Changes that wait, also those that have died of age since the last proposal; ordered by sequence.</summary>
    public IReadOnlyCollection<PendingChange> Pending => _pending.Values;

    /// <summary>Changes that took effect or died, in that order.</summary>
    public IReadOnlyList<DecidedChange> Decided => _decided;

    /// <summary>A change that waits; null where there is none with the hash.</summary>
    public PendingChange? FindPending(Hash256 hash) => _pending.Values.FirstOrDefault(change => change.ChangeHash == hash);

    /// <summary>A change that took effect or died; null where there is none with the hash.</summary>
    public DecidedChange? FindDecided(Hash256 hash) => _decidedByHash.GetValueOrDefault(hash);

    /// <summary>Whether one more change may wait, for the ledger and for its proposer; those that died of age do not count.</summary>
    public Rejection? CheckRoom(string proposer, long orderedAtMicros)
    {
        var waiting = _pending.Values.Where(change => !change.IsExpired(orderedAtMicros)).ToArray();
        if (waiting.Length >= EngineLimits.PendingChangesMax)
        {
            return Rejection.Because(
                RejectionReason.LimitReached,
                $"body: {EngineLimits.PendingChangesMax} changes wait for approvals, the most; have some of them decided first.");
        }

        return waiting.Count(change => change.ProposedByOrganizationId == proposer) < EngineLimits.PendingChangesPerOrganizationMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"body: {EngineLimits.PendingChangesPerOrganizationMax} changes of {proposer} wait for approvals, the most of one organisation; have some of them decided first.");
    }

    /// <summary>Lets a change wait, and forgets those that died of age.</summary>
    internal void Propose(PendingChange change)
    {
        foreach (var expired in _pending.Values.Where(other => other.IsExpired(change.ProposedAtMicros)).ToArray())
        {
            Decide(expired, applied: false, change.Sequence);
        }

        _pending.Add(change.Sequence, change);
    }

    /// <summary>Replaces a change that waits by itself with another vote.</summary>
    internal void Update(PendingChange change) => _pending[change.Sequence] = change;

    /// <summary>Ends the waiting of a change.</summary>
    internal void Decide(PendingChange change, bool applied, ulong sequence)
    {
        _pending.Remove(change.Sequence);
        AddDecided(new DecidedChange(change.ChangeHash, applied, sequence));
    }

    /// <summary>
    /// After members or policy changed: drops votes of those that may not approve any more, and ends the changes for
    /// which too few are left.
    /// </summary>
    internal void Reconsider(IReadOnlyCollection<string> approvers, ulong sequence)
    {
        foreach (var change in _pending.Values.ToArray())
        {
            var kept = change with
            {
                ApprovedBy = [.. change.ApprovedBy.Where(approvers.Contains)],
                RejectedBy = [.. change.RejectedBy.Where(approvers.Contains)],
            };
            Update(kept);
            if (approvers.Count - kept.RejectedBy.Count < kept.ApprovalsNeeded)
            {
                Decide(kept, applied: false, sequence);
            }
        }
    }

    private void AddDecided(DecidedChange change)
    {
        _decidedByHash.Add(change.ChangeHash, change);
        _decided.Add(change);
    }

    string IStateTable.Name => "changes";

    void IStateTable.Save(StateWriter writer)
    {
        writer.Records(_pending.Values);
        writer.Records(_decided);
    }

    void IStateTable.Load(StateReader reader)
    {
        reader.EachRecord<PendingChange>(Update);
        reader.EachRecord<DecidedChange>(AddDecided);
    }
}
