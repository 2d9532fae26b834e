namespace KpGrpc.LedgerServer.Execution.Refunds;

/// <summary>Gives back all or a part of a purchase. By the platform that sold it.</summary>
internal sealed record Refund : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.Refund;

    /// <summary>Id of the refund, unique among refunds and chargebacks of the ledger.</summary>
    public required string RefundId { get; init; }

    /// <summary>The purchase.</summary>
    public required string PurchaseId { get; init; }

    /// <summary>How much, 1 to what is not refunded yet; null means all of the rest.</summary>
    public Money? Amount { get; init; }

    /// <summary>Why, an id; empty for none.</summary>
    public string ReasonCode { get; init; } = "";
}
