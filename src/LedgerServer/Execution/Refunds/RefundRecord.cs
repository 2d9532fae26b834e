using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Execution.Refunds;

/// <summary>One refund or chargeback, as <c>kp.payment.v1.RefundRecord</c>.</summary>
internal sealed record RefundRecord
{
    /// <summary>Its id.</summary>
    public required string RefundId { get; init; }

    /// <summary>The purchase.</summary>
    public required string PurchaseId { get; init; }

    /// <summary>Whether it is a chargeback.</summary>
    public required bool Chargeback { get; init; }

    /// <summary>What was given back and by whom; its lines are those of the purchase, in their order.</summary>
    public required SplitResult Split { get; init; }

    /// <summary>Sequence of the receipt.</summary>
    public required ulong Sequence { get; init; }
}
