using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>A hold was captured.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Amount">Captured by this command.</param>
/// <param name="Remaining">Still held afterwards.</param>
/// <param name="ForeignLeafHash">RFC 6962 leaf hash of the other ledger's receipt; null where none.</param>
internal sealed record HoldCaptured(string HoldId, Money Amount, Money Remaining, Hash256? ForeignLeafHash) : Effect;
