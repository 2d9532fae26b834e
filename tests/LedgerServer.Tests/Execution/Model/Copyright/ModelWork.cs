namespace KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;

internal sealed class ModelWork
{
    public required string Registrant { get; init; }
    public required List<(string Organization, long Ppm)> Owners { get; set; }

    public List<(string Work, long Ppm)> Ancestors { get; init; } = [];
    public string? Dispute { get; set; }

    public bool IsOwner(string organization) => Owners.Any(owner => owner.Organization == organization);
}
