using KpGrpc.LedgerServer.Execution;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Governance;

internal sealed class ModelChange
{
    public required string Hash { get; init; }

    public required string Proposer { get; init; }

    public required CommandBody Body { get; init; }

    public required uint Needed { get; init; }

    public required long At { get; init; }

    public List<string> Yes { get; } = [];

    public List<string> No { get; } = [];

    /// <summary>"waits", "applied" or "died".</summary>
    public string Status { get; set; } = "waits";

    public override string ToString() => $"{Hash} {Status} yes:{string.Join(',', Yes)} no:{string.Join(',', No)}";
}
