using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

/// <summary>What a party is guaranteed; the line names what its earnings count under.</summary>
internal sealed record ModelGuarantee(string Line, string Organization, BigInteger Least, string Currency, string Guarantor);
