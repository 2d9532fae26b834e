namespace KpGrpc.LedgerServer.Execution.Holds.Foreign;

/// <summary>What a movement between ledgers needs to know of the other ledger's receipt.</summary>
/// <param name="NetworkId">Its network.</param>
/// <param name="LedgerId">Its ledger.</param>
/// <param name="Sequence">Its place in the order.</param>
/// <param name="Accepted">Whether the command was executed.</param>
/// <param name="Placed">The hold that it placed; null where none.</param>
/// <param name="Captured">The hold that it captured; null where none.</param>
/// <param name="ReleasedHoldIds">The holds that it released, in order; they ran out or not.</param>
internal sealed record ForeignFacts(
    string NetworkId,
    string LedgerId,
    ulong Sequence,
    bool Accepted,
    ForeignPlacing? Placed,
    ForeignCapture? Captured,
    IReadOnlyList<string> ReleasedHoldIds);
