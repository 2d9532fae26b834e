using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Execution.Revenue;

/// <summary>Splits advertising or referral revenue. By who owns the paying account.</summary>
internal sealed record RecordRevenue : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.RecordRevenue;

    /// <summary>Id of the revenue, unique on the ledger.</summary>
    public required string RevenueId { get; init; }

    /// <summary>Advertising or referral.</summary>
    public required RevenueKind RevenueKind { get; init; }

    /// <summary>Work that earned it.</summary>
    public required string WorkId { get; init; }

    /// <summary>Account that pays.</summary>
    public required string PayerAccountId { get; init; }

    /// <summary>How much.</summary>
    public required Money Amount { get; init; }

    /// <summary>Purchase that a referral led to; empty for advertising.</summary>
    public string PurchaseId { get; init; } = "";
}
