using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>Registered works.</summary>
internal sealed class WorkTable : IStateTable
{
    private readonly Dictionary<string, int> _indexById = new(StringComparer.Ordinal);
    private readonly List<Work> _all = [];

    /// <summary>All works, ordered by the sequence of registration.</summary>
    public IReadOnlyList<Work> All => _all;

    /// <summary>A work; null where there is none with the id.</summary>
    public Work? Find(string id) => _indexById.TryGetValue(id, out var index) ? _all[index] : null;

    /// <summary>Whether the work exists.</summary>
    public static Rejection? CheckKnown(string field, Work? work) =>
        work is not null
            ? null
            : Rejection.Because(
                RejectionReason.UnknownWork, $"{field}: no such work on this ledger; have it registered first.");

    /// <summary>Whether nobody claims the work now.</summary>
    public static Rejection? CheckUndisputed(string field, Work work) =>
        work.OpenDisputeId.Length == 0
            ? null
            : Rejection.Because(
                RejectionReason.WorkInDispute,
                $"{field}: the work is in dispute {work.OpenDisputeId}; wait for its resolution.");

    /// <summary>Adds a work whose id is new.</summary>
    internal void Add(Work work)
    {
        _indexById.Add(work.Details.WorkId, _all.Count);
        _all.Add(work);
    }

    /// <summary>Replaces a work by itself as it stands now.</summary>
    internal void Update(Work work) => _all[_indexById[work.Details.WorkId]] = work;

    string IStateTable.Name => "works";

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader) => reader.EachRecord<Work>(Add);
}
