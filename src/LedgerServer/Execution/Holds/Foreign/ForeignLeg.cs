namespace KpGrpc.LedgerServer.Execution.Holds.Foreign;

/// <summary>The other side of a movement between two ledgers, as <c>kp.payment.v1.ForeignLeg</c>.</summary>
/// <param name="LedgerId">The other ledger.</param>
/// <param name="LogOrigin">Its log's checkpoint origin, 1 to 255 UTF-8 bytes.</param>
/// <param name="HoldId">The hold on the other ledger.</param>
internal sealed record ForeignLeg(string LedgerId, string LogOrigin, string HoldId);
