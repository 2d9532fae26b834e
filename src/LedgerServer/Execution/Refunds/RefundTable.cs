using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Refunds;

/// <summary>Refunds and chargebacks by id and by purchase.</summary>
internal sealed class RefundTable : IStateTable
{
    private readonly List<RefundRecord> _all = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RefundRecord>> _byPurchase = new(StringComparer.Ordinal);

    /// <summary>All, ordered by sequence.</summary>
    public IReadOnlyList<RefundRecord> All => _all;

    /// <summary>Whether a refund or chargeback with the id exists.</summary>
    public bool Contains(string refundId) => _ids.Contains(refundId);

    /// <summary>Those of a purchase, ordered by sequence, at most 1,000.</summary>
    public IReadOnlyList<RefundRecord> OfPurchase(string purchaseId) =>
        _byPurchase.TryGetValue(purchaseId, out var refunds) ? refunds : [];

    /// <summary>Adds one whose id is new.</summary>
    internal void Add(RefundRecord refund)
    {
        _all.Add(refund);
        _ids.Add(refund.RefundId);
        if (!_byPurchase.TryGetValue(refund.PurchaseId, out var refunds))
        {
            _byPurchase.Add(refund.PurchaseId, refunds = []);
        }

        refunds.Add(refund);
    }

    string IStateTable.Name => "refunds";

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader) => reader.EachRecord<RefundRecord>(Add);
}
