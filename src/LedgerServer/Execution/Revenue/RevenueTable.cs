using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Revenue;

/// <summary>Recorded advertising and referral revenue by id.</summary>
internal sealed class RevenueTable : IStateTable
{
    private readonly List<RevenueRecord> _all = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>All, ordered by sequence.</summary>
    public IReadOnlyList<RevenueRecord> All => _all;

    /// <summary>Whether revenue with the id is recorded.</summary>
    public bool Has(string revenueId) => _ids.Contains(revenueId);

    /// <summary>Adds revenue whose id is new.</summary>
    internal void Add(RevenueRecord revenue)
    {
        _ids.Add(revenue.RevenueId);
        _all.Add(revenue);
    }

    string IStateTable.Name => "revenue";

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader) => reader.EachRecord<RevenueRecord>(Add);
}
