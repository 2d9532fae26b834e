using KpGrpc.LedgerServer.Execution.Holds.Foreign;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>Captures all or a part of a hold.</summary>
internal sealed record CaptureHold : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.CaptureHold;

    /// <summary>The hold.</summary>
    public required string HoldId { get; init; }

    /// <summary>How much, at most what remains; null means all of it.</summary>
    public Money? Amount { get; init; }

    /// <summary>Whether what remains after it is released.</summary>
    public bool ReleaseRest { get; init; }

    /// <summary>The other ledger's receipt for a hold with a foreign leg; else null.</summary>
    public ForeignReceipt? ForeignReceipt { get; init; }
}
