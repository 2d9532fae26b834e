using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>Registered works.</summary>
internal sealed class WorkTable : IStateTable
{
    private readonly Dictionary<string, Work> _byId = new(StringComparer.Ordinal);
    private readonly List<Work> _all = [];

    /// <summary>All works, ordered by the sequence of registration.</summary>
    public IReadOnlyList<Work> All => _all;

    /// <summary>A work; null where there is none with the id.</summary>
    public Work? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Whether the work exists.</summary>
    public static Rejection? CheckKnown(string field, Work? work) =>
        work is not null
            ? null
            : Rejection.Because(
                RejectionReason.UnknownWork, $"{field}: no such work on this ledger; have it registered first.");

    /// <summary>Adds a work whose id is new.</summary>
    internal void Add(Work work)
    {
        _byId.Add(work.Details.WorkId, work);
        _all.Add(work);
    }

    string IStateTable.Name => "works";

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader) => reader.EachRecord<Work>(Add);
}
