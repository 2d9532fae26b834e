using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Execution.Purchases;

/// <summary>A purchase as it was made.</summary>
internal sealed record PurchaseRecord
{
    /// <summary>Its id, also the licence's.</summary>
    public required string PurchaseId { get; init; }

    /// <summary>Buyer.</summary>
    public required string LearnerPseudonym { get; init; }

    /// <summary>The work.</summary>
    public required string WorkId { get; init; }

    /// <summary>The offer.</summary>
    public required string OfferId { get; init; }

    /// <summary>Account that paid.</summary>
    public required string PayerAccountId { get; init; }

    /// <summary>Platform that sold it.</summary>
    public required string PlatformOrganizationId { get; init; }

    /// <summary>What was paid and how it was split.</summary>
    public required SplitResult Split { get; init; }

    /// <summary>Who referred the buyer; empty for nobody.</summary>
    public string ReferrerOrganizationId { get; init; } = "";

    /// <summary>Sequence of the receipt.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>When, by the order, microseconds since the Unix epoch.</summary>
    public required long PurchasedAtMicros { get; init; }
}
