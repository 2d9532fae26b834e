using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

/// <summary>One work's part of a settled pool.</summary>
internal sealed record ModelSettled(string Work, BigInteger Units, BigInteger[] Parts)
{
    public override string ToString() => $"{Work} {Units} {string.Join(' ', Parts)}";
}
