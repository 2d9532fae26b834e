namespace KpGrpc.LedgerServer.Tests.Execution.Model;

internal sealed class ModelVersion
{
    public required string Scope { get; init; }

    public required (string Organization, string Role, uint Ppm)[] Parties { get; init; }

    public required string Rounding { get; init; }

    public required string Hash { get; init; }

    public required string Dust { get; init; }

    public long? From { get; init; }

    public long? Until { get; init; }

    public string Status { get; set; } = "Proposed";

    public HashSet<string> Accepted { get; } = [];

    public long ActivatedAt { get; set; }

    public int ActivationOrder { get; set; }

    public bool HasParty(string organization) => Parties.Any(party => party.Organization == organization);
}
