namespace KpGrpc.LedgerServer.Execution.Refunds;

/// <summary>Takes a purchase back on a payment provider's order; who lacks the money goes into overdraft.</summary>
internal sealed record Chargeback : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.Chargeback;

    /// <summary>Id of the chargeback, unique among refunds and chargebacks of the ledger.</summary>
    public required string ChargebackId { get; init; }

    /// <summary>The purchase.</summary>
    public required string PurchaseId { get; init; }

    /// <summary>How much, 1 to what is not refunded yet; null means all of the rest.</summary>
    public Money? Amount { get; init; }

    /// <summary>The provider's reference, an id, unique by provider among chargebacks.</summary>
    public required string ExternalReference { get; init; }
}
