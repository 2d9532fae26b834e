using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

/// <summary>What one command posted to one account of an organisation; the period that it settled, if any.</summary>
internal sealed record ModelMovement(ulong Sequence, string Key, BigInteger Debits, BigInteger Credits, string? Settled);
