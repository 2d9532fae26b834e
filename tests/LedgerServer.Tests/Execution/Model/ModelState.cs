using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

/// <summary>What the reference model remembers: plain dictionaries and BigInteger, nothing of the engine's.</summary>
internal sealed class ModelState
{
    public Dictionary<string, string[]> Organizations { get; } = new()
    {
        ["op"] = ["Operator"],
        ["plat"] = ["Platform"],
        ["plat2"] = ["Platform"],
        ["prod"] = ["Producer"],
        ["prod2"] = ["Producer"],
        ["tech"] = ["Technology"],
        ["pay"] = ["PaymentProvider"],
        ["aud"] = ["Auditor"],
    };

    public Dictionary<string, string> KeyOwners { get; } = new()
    {
        ["k-op"] = "op",
        ["k-plat"] = "plat",
        ["k-plat2"] = "plat2",
        ["k-prod"] = "prod",
        ["k-prod2"] = "prod2",
        ["k-tech"] = "tech",
        ["k-pay"] = "pay",
        ["k-aud"] = "aud",
    };

    public Dictionary<string, uint> Currencies { get; } = new() { ["EUR"] = 2, ["JPY"] = 0 };

    public Dictionary<string, ModelAccount> Accounts { get; } = [];

    public HashSet<string> References { get; } = [];

    public Dictionary<string, string> WorkOwners { get; } = [];

    public Dictionary<string, ModelOffer> Offers { get; } = [];

    public Dictionary<string, List<ModelVersion>> Agreements { get; } = [];

    public Dictionary<string, ModelLicence> Licences { get; } = [];

    public Dictionary<string, BigInteger[]> PurchaseParts { get; } = [];

    public bool Has(string organization, params string[] roles) => Organizations[organization].Any(roles.Contains);
}

internal sealed class ModelAccount
{
    public required string Owner { get; init; }

    public required string Kind { get; init; }

    public required string Currency { get; init; }

    public required string Opener { get; init; }

    public BigInteger Overdraft { get; init; }

    public BigInteger Highest { get; init; }

    public BigInteger Debits { get; set; }

    public BigInteger Credits { get; set; }
}

internal sealed class ModelOffer
{
    public required string Work { get; init; }

    public required string Price { get; init; }

    public required BigInteger Units { get; init; }

    public required string Currency { get; init; }

    public required long Days { get; init; }

    public required string Publisher { get; init; }

    public long? Until { get; init; }

    public bool Withdrawn { get; set; }
}

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

internal sealed record ModelLicence(string Learner, string Work, long From, long? Until);
