using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Agreements;

/// <summary>A party of a split as the reference model remembers it.</summary>
internal sealed record ModelParty(string Organization, string Role, uint Ppm)
{
    public BigInteger? Cap { get; init; }

    public BigInteger? Floor { get; init; }

    public string? LimitCurrency { get; init; }

    public BigInteger? Guaranteed { get; init; }

    public string? GuaranteeCurrency { get; init; }

    public string Guarantor { get; init; } = "";
}
