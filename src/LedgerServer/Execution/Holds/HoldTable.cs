using KpGrpc.LedgerServer.Execution.Holds.Foreign;
using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>
/// Holds by id, the open ones by account and by the time at which they run out. The queues are derived from the records
/// and the order's time.
/// </summary>
/// <param name="due">Where the sums of holds that ran out are kept.</param>
internal sealed class HoldTable(DueHolds due) : IStateTable
{
    private static readonly Comparer<HoldRecord> ByExpiry = Comparer<HoldRecord>.Create((left, right) =>
        left.ExpiresAtMicros!.Value != right.ExpiresAtMicros!.Value
            ? left.ExpiresAtMicros.Value.CompareTo(right.ExpiresAtMicros.Value)
            : string.CompareOrdinal(left.HoldId, right.HoldId));

    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly List<HoldRecord> _all = [];
    private readonly Dictionary<string, SortedSet<int>> _liveByAccount = new(StringComparer.Ordinal);
    private readonly HashSet<(string LedgerId, string HoldId)> _awaited = [];
    private readonly SortedSet<HoldRecord> _waiting = new(ByExpiry);
    private readonly SortedSet<HoldRecord> _due = new(ByExpiry);

    /// <summary>All holds, ordered by the sequence of placing.</summary>
    public IReadOnlyList<HoldRecord> All => _all;

    /// <summary>Of the open holds that have run out, the one that did so first, then by id; null where there is none.</summary>
    public HoldRecord? FirstDue => _due.Min;

    /// <summary>A hold; null where there is none with the id.</summary>
    public HoldRecord? Find(string id) => _byId.TryGetValue(id, out var index) ? _all[index] : null;

    /// <summary>Number of open holds of an account's money that have not run out.</summary>
    public int LiveCount(string accountId) => _liveByAccount.TryGetValue(accountId, out var live) ? live.Count : 0;

    /// <summary>The open holds of an account's money that have not run out, ordered by the sequence of placing.</summary>
    public IEnumerable<HoldRecord> LiveOf(string accountId) =>
        _liveByAccount.TryGetValue(accountId, out var live) ? live.Select(index => _all[index]) : [];

    /// <summary>Whether a hold here was ever placed to receive what a hold of another ledger sends.</summary>
    public bool IsAwaited(ForeignLeg sender) => _awaited.Contains((sender.LedgerId, sender.HoldId));

    /// <summary>Moves the holds that have run out by a time that never falls to those that are due.</summary>
    internal void AdvanceTo(long nowMicros)
    {
        while (_waiting.Min is { } first && first.IsOverAt(nowMicros))
        {
            _waiting.Remove(first);
            _due.Add(first);
            due.Add(first);
            RemoveLive(first);
        }
    }

    /// <summary>Adds a hold whose id is new.</summary>
    internal void Add(HoldRecord hold)
    {
        _byId.Add(hold.HoldId, _all.Count);
        _all.Add(hold);
        if (ForeignRules.IsReceiving(hold))
        {
            _awaited.Add((hold.Foreign!.LedgerId, hold.Foreign.HoldId));
        }

        Enqueue(hold, _all.Count - 1);
    }

    /// <summary>Replaces a hold by what became of it.</summary>
    internal void Replace(HoldRecord hold)
    {
        var index = _byId[hold.HoldId];
        Dequeue(_all[index]);
        _all[index] = hold;
        Enqueue(hold, index);
    }

    string IStateTable.Name => "holds";

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    // Which holds have run out is found again when the next command brings its time.
    void IStateTable.Load(StateReader reader) => reader.EachRecord<HoldRecord>(Add);

    private void Enqueue(HoldRecord hold, int index)
    {
        if (hold.Status != HoldStatus.Open)
        {
            return;
        }

        if (!_liveByAccount.TryGetValue(hold.AccountId, out var live))
        {
            _liveByAccount.Add(hold.AccountId, live = []);
        }

        live.Add(index);
        if (hold.ExpiresAtMicros is not null)
        {
            _waiting.Add(hold);
        }
    }

    private void Dequeue(HoldRecord hold)
    {
        if (hold.ExpiresAtMicros is not null && _due.Remove(hold))
        {
            due.Remove(hold);
            return;
        }

        if (hold.ExpiresAtMicros is not null)
        {
            _waiting.Remove(hold);
        }

        RemoveLive(hold);
    }

    private void RemoveLive(HoldRecord hold)
    {
        var live = _liveByAccount[hold.AccountId];
        live.Remove(_byId[hold.HoldId]);
        if (live.Count == 0)
        {
            _liveByAccount.Remove(hold.AccountId);
        }
    }
}
