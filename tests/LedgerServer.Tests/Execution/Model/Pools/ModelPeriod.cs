namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

internal sealed class ModelPeriod
{
    public required string Id { get; init; }

    public required long Starts { get; init; }

    public required long Ends { get; init; }

    /// <summary>First sequence on or after its start, and on or after its end; null before.</summary>
    public ulong? From { get; set; }

    public ulong? Below { get; set; }

    public List<ModelGuarantee> Guarantees { get; set; } = [];

    public bool IsClosed { get; set; }

    /// <summary>"organisation currency opening debits credits" of each final statement.</summary>
    public List<string> Statements { get; set; } = [];
}
