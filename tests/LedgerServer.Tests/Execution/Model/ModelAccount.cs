using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

internal sealed class ModelAccount
{
    public required string Owner { get; init; }

    public required string Kind { get; init; }

    public required string Currency { get; init; }

    public required string Opener { get; init; }

    public BigInteger Overdraft { get; init; }

    public BigInteger Highest { get; init; }

    /// <summary>A chargeback may have taken it below its overdraft.</summary>
    public bool IsBeyondLimits { get; set; }

    public BigInteger Debits { get; set; }

    public BigInteger Credits { get; set; }
}
