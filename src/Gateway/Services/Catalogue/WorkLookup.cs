using System.Collections.Concurrent;

using Grpc.Core;

using KpGrpc.Gateway.Caching;
using KpGrpc.Protos.Catalog.V1;

using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Services.Catalogue;

/// <summary>Works of the catalogue by id, the recently asked ones from memory. Safe from any thread.</summary>
internal sealed class WorkLookup : IDisposable
{
    private static readonly object Unknown = new();

    private readonly CatalogService.CatalogServiceClient catalogue;
    private readonly CacheOptions limits;
    private readonly MemoryCache memory;

    public WorkLookup(CatalogService.CatalogServiceClient catalogue, IOptions<CacheOptions> options)
    {
        this.catalogue = catalogue;
        limits = options.Value;
        memory = new MemoryCache(new MemoryCacheOptions { SizeLimit = limits.WorksMax });
    }

    /// <summary>Finds works.</summary>
    /// <param name="ids">Their ids; doubles are asked for once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that the catalogue knows.</returns>
    /// <exception cref="RpcException">The catalogue did not answer.</exception>
    public async Task<IReadOnlyDictionary<string, Work>> FindAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<string, Work>(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            switch (memory.Get(id))
            {
                case Work work:
                    found[id] = work;
                    break;
                case null:
                    missing.Add(id);
                    break;
            }
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = limits.WorkFetchesMax, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(missing, parallel, async (id, token) =>
        {
            if (await FetchAsync(id, token) is { } work)
            {
                found[id] = work;
            }
        });
        return found;
    }

    public void Dispose() => memory.Dispose();

    private async Task<Work?> FetchAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await catalogue.GetWorkAsync(new GetWorkRequest { WorkId = id }, cancellationToken: cancellationToken);
            Remember(id, answer.Work);
            return answer.Work;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            Remember(id, Unknown);
            return null;
        }
    }

    private void Remember(string id, object work)
    {
        if (limits.WorkFresh > TimeSpan.Zero && limits.WorksMax > 0)
        {
            memory.Set(id, work, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = limits.WorkFresh });
        }
    }
}
