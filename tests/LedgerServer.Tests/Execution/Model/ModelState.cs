using System.Numerics;
using KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;
using KpGrpc.LedgerServer.Tests.Execution.Model.Governance;
using KpGrpc.LedgerServer.Tests.Execution.Model.Payments;
using KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

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
        ["reg"] = ["Regulator"],
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
        ["k-reg"] = "reg",
    };

    public HashSet<string> Suspended { get; } = [];

    public HashSet<string> RevokedKeys { get; } = [];

    public (uint Needed, string[] Approvers) Policy { get; set; } = (1, []);

    public List<ModelChange> Changes { get; } = [];

    public Dictionary<string, uint> Currencies { get; } = new() { ["EUR"] = 2, ["JPY"] = 0 };

    public Dictionary<string, ModelAccount> Accounts { get; } = [];

    public HashSet<string> References { get; } = [];

    public Dictionary<string, ModelWork> Works { get; } = [];

    public Dictionary<string, ModelOffer> Offers { get; } = [];

    public Dictionary<string, List<ModelVersion>> Agreements { get; } = [];

    public Dictionary<string, ModelLicence> Licences { get; } = [];

    public List<ModelHold> Holds { get; } = [];

    public Dictionary<string, ModelSale> Sales { get; } = [];

    public HashSet<string> RefundIds { get; } = [];

    public Dictionary<string, ModelPool> Pools { get; } = [];

    public HashSet<string> Subscriptions { get; } = [];

    /// <summary>In the order of their times.</summary>
    public List<ModelPeriod> Periods { get; } = [];

    /// <summary>The works of the pool that was settled last.</summary>
    public IReadOnlyList<ModelSettled> Settled { get; set; } = [];

    /// <summary>Pool, periods, sum and number of payers that were carried last.</summary>
    public string Carried { get; set; } = "";

    public Dictionary<string, ModelDispute> Disputes { get; } = [];

    /// <summary>Reason and first sequence of each entry of the batch that was run last.</summary>
    public IReadOnlyList<string> TransferOutcomes { get; set; } = [];

    public Dictionary<string, string> PurchaseWorks { get; } = [];

    public Dictionary<string, string> ReferredWorks { get; } = [];

    public Dictionary<string, BigInteger[]> RevenueParts { get; } = [];

    public Dictionary<string, BigInteger[]> PurchaseParts { get; } = [];

    public bool Has(string organization, params string[] roles) => Organizations[organization].Any(roles.Contains);
}
