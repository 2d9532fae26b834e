namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>An amount and its parts, as <c>kp.payment.v1.SplitResult</c>.</summary>
internal sealed record SplitResult
{
    /// <summary>Agreement that split it.</summary>
    public required string AgreementId { get; init; }

    /// <summary>Its version.</summary>
    public required uint AgreementVersion { get; init; }

    /// <summary>Which of its splits.</summary>
    public required RevenueKind RevenueKind { get; init; }

    /// <summary>How it was rounded.</summary>
    public required RoundingRule Rounding { get; init; }

    /// <summary>What was split.</summary>
    public required Money Amount { get; init; }

    /// <summary>The parts in the agreement's declared order.</summary>
    public required IReadOnlyList<SplitLine> Lines { get; init; }
}
