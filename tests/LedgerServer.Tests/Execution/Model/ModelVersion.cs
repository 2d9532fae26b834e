using KpGrpc.LedgerServer.Tests.Execution.Model.Agreements;
using KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

internal sealed class ModelVersion
{
    public required string Agreement { get; init; }

    /// <summary>How many versions, of whatever agreement, were proposed before.</summary>
    public required int ProposalOrder { get; init; }

    public required string Scope { get; init; }

    public required ModelSplit[] Splits { get; init; }

    public required string Hash { get; init; }

    public long? From { get; init; }

    public long? Until { get; init; }

    public string Status { get; set; } = "Proposed";

    public HashSet<string> Accepted { get; } = [];

    public long ActivatedAt { get; set; }

    public int ActivationOrder { get; set; }

    public long? TerminatedFrom { get; set; }

    public IEnumerable<ModelParty> Parties => Splits.SelectMany(split => split.Parties);

    public bool HasParty(string organization) => Parties.Any(party => party.Organization == organization);

    public ModelSplit? SplitOf(string kind) => Splits.FirstOrDefault(split => split.Kind == kind);

    /// <summary>What the parties' earnings by a split count under, in the order of the parties.</summary>
    public IEnumerable<string> LinesOf(string kind, string currency) =>
        SplitOf(kind)!.Parties.Select(party => ModelEarnings.LineOf(Agreement, kind, party, currency));

    public bool HasStarted(long now)
    {
        var start = From ?? ActivatedAt;
        return start <= now && (Status == "Active" || (Status == "Terminated" && TerminatedFrom > start));
    }

    public bool Binds(long now) => Status == "Active" || (Status == "Terminated" && TerminatedFrom > now);
}
