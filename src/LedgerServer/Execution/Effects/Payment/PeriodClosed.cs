using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>A settlement period was closed.</summary>
/// <param name="PeriodId">The period.</param>
/// <param name="StatementsRoot">RFC 6962 root over its final statements.</param>
internal sealed record PeriodClosed(string PeriodId, Hash256 StatementsRoot) : Effect;
