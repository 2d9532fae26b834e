using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;

/// <summary>A part of a sale: who earns it, how much, and the dispute that freezes it, if any.</summary>
internal sealed record ModelPart(string Organization, BigInteger Amount, string? Dispute);
