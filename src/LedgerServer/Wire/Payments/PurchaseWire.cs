using KpGrpc.LedgerServer.Execution.Purchases;
using KpGrpc.LedgerServer.Execution.Refunds;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Wire.Payments;

/// <summary>Purchases and what was given back of them, as the contract shows them.</summary>
internal static class PurchaseWire
{
    /// <param name="purchase">The purchase.</param>
    /// <param name="refunds">Its refunds and chargebacks, in order.</param>
    /// <returns>The purchase without its leaf hash, which the log knows.</returns>
    public static PaymentProto.PurchaseRecord ToProto(PurchaseRecord purchase, IReadOnlyList<RefundRecord> refunds)
    {
        var refunded = refunds.Sum(refund => refund.Split.Amount.MinorUnits);
        var proto = new PaymentProto.PurchaseRecord
        {
            PurchaseId = purchase.PurchaseId,
            LearnerPseudonym = purchase.LearnerPseudonym,
            WorkId = purchase.WorkId,
            OfferId = purchase.OfferId,
            Price = WireValues.ToProto(purchase.Split.Amount),
            Split = AgreementWire.ToProto(purchase.Split),
            Refunded = WireValues.ToProto(purchase.Split.Amount with { MinorUnits = refunded }),
            Sequence = purchase.Sequence,
            PurchasedAt = WireValues.ToTimestamp(purchase.PurchasedAtMicros),
        };
        proto.Refunds.AddRange(refunds.Select(ToProto));
        return proto;
    }

    private static PaymentProto.RefundRecord ToProto(RefundRecord refund) => new()
    {
        RefundId = refund.RefundId,
        Chargeback = refund.Chargeback,
        Split = AgreementWire.ToProto(refund.Split),
        Sequence = refund.Sequence,
    };
}
