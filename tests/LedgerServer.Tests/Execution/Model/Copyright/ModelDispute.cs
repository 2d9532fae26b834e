using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;

internal sealed class ModelDispute
{
    public required string Work { get; init; }
    public required string Claimant { get; init; }
    public List<(string Organization, long Ppm)> ResolvedOwners { get; set; } = [];
    public string Status { get; set; } = "Open";

    /// <summary>"currency organisation" and what it earned.</summary>
    public Dictionary<string, BigInteger> Escrow { get; } = [];

    /// <summary>By currency, the new owners and what each was paid and has not given back.</summary>
    public Dictionary<string, List<(string Organization, BigInteger Amount)>> Paid { get; } = [];
}
