namespace KpGrpc.LedgerServer.Tests.Execution.Model.Sharing;

internal sealed class ModelConsent
{
    public required string Id { get; init; }

    public required string Subject { get; init; }

    public required string Grantee { get; init; }

    public required string Platform { get; init; }

    public required HashSet<string> Covers { get; init; }

    public long? Until { get; init; }

    public ulong? Ended { get; set; }

    public bool Holds(long now) => Ended is null && (Until is null || now < Until);
}
