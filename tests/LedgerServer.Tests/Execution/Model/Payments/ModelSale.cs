using System.Numerics;
using KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

internal sealed class ModelSale
{
    public required string Platform { get; init; }

    public required ModelAccount Payer { get; init; }

    public required string Currency { get; init; }

    /// <summary>Who received how much; no account where nothing.</summary>
    public required (ModelAccount? Account, BigInteger Amount)[] Received { get; init; }

    /// <summary>The parts that a dispute froze; null for the others.</summary>
    public required ModelPart?[] Frozen { get; init; }

    /// <summary>What each has not given back.</summary>
    public required BigInteger[] Remaining { get; init; }

    /// <summary>What the parties' earnings count under, in the order of the first parts.</summary>
    public required string[] EarningLines { get; init; }

    public bool GivenBack { get; set; }

    public BigInteger Left => Remaining.Aggregate(BigInteger.Zero, (sum, part) => sum + part);
}
