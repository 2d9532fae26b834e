using KpGrpc.LedgerServer.Execution.Holds.Foreign;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>Releases what remains of a hold.</summary>
internal sealed record ReleaseHold : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.ReleaseHold;

    /// <summary>The hold.</summary>
    public required string HoldId { get; init; }

    /// <summary>The other ledger's receipt that its side was released, for the receiving side of a movement; else null.</summary>
    public ForeignReceipt? ForeignReceipt { get; init; }
}
