namespace KpGrpc.LedgerServer.Execution.Purchases;

/// <summary>Buys a licence: price check, charge, split and licence in one step, all or nothing. By a platform.</summary>
internal sealed record Purchase : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.Purchase;

    /// <summary>Id of the purchase, unique on the ledger; also the id of the licence.</summary>
    public required string PurchaseId { get; init; }

    /// <summary>Buyer, 64 lower-case hexadecimal characters.</summary>
    public required string LearnerPseudonym { get; init; }

    /// <summary>The work.</summary>
    public required string WorkId { get; init; }

    /// <summary>The offer.</summary>
    public required string OfferId { get; init; }

    /// <summary>Price that the buyer saw; must equal the offer's.</summary>
    public required Money ExpectedPrice { get; init; }

    /// <summary>Account that pays; owned by the buyer or the submitting platform.</summary>
    public required string PayerAccountId { get; init; }

    /// <summary>Who referred the buyer; empty for none.</summary>
    public string ReferrerOrganizationId { get; init; } = "";
}
