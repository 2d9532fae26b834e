namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>The log of another ledger whose receipts this one believes: what movements between ledgers are checked with.</summary>
/// <param name="LedgerId">The other ledger, an id.</param>
/// <param name="Origin">Its log's checkpoint origin, 1 to 255 UTF-8 bytes; unique among the foreign logs.</param>
/// <param name="VerifierKey">Its log's C2SP verifier key (vkey), of type Ed25519, whose name is the origin.</param>
internal sealed record ForeignLog(string LedgerId, string Origin, string VerifierKey);
