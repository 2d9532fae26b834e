namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

internal sealed class ModelPool
{
    public required string Id { get; init; }

    public required ModelAccount Account { get; init; }

    public required string Owner { get; init; }

    public required string[] Members { get; init; }

    public required bool IsUserCentric { get; init; }

    public Dictionary<string, ModelCollection> Collections { get; } = [];

    public bool Admits(string organization) => Owner == organization || Members.Contains(organization);

    public ModelCollection Of(string period)
    {
        if (!Collections.TryGetValue(period, out var collection))
        {
            Collections.Add(period, collection = new ModelCollection());
        }

        return collection;
    }
}
