using KpGrpc.LedgerServer.Execution.Holds.Foreign;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>Reserves money. The hold counts in every balance check.</summary>
internal sealed record PlaceHold : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.PlaceHold;

    /// <summary>Id of the hold, unique on the ledger.</summary>
    public required string HoldId { get; init; }

    /// <summary>Account whose money is reserved.</summary>
    public required string AccountId { get; init; }

    /// <summary>Account that captures credit.</summary>
    public required string DestinationAccountId { get; init; }

    /// <summary>How much, 1 to 2^63-1 minor units.</summary>
    public required Money Amount { get; init; }

    /// <summary>When it runs out, by the order's time, microseconds since the Unix epoch; null means never.</summary>
    public long? ExpiresAtMicros { get; init; }

    /// <summary>The other side of a movement between ledgers; else null.</summary>
    public ForeignLeg? Foreign { get; init; }
}
