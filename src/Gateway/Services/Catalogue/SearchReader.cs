using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using Grpc.Core;

using KpGrpc.Gateway.Caching;
using KpGrpc.Gateway.Telemetry;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Learner.V1;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Services.Catalogue;

/// <summary>Searches the catalogue for a learner; where inference is away, what the same search found before.</summary>
internal sealed class SearchReader(
    CatalogService.CatalogServiceClient catalogue, OwnedWorks owned, SearchCache cache, GatewayMetrics metrics, TimeProvider time, IOptions<GatewayOptions> options)
{
    private const string Method = "Search";

    /// <summary>Searches.</summary>
    /// <exception cref="RpcException">The request is wrong; or inference is away and nobody searched for this lately.</exception>
    public async Task<SearchResponse> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var asked = new SearchWorksRequest
        {
            Query = request.Query,
            Filter = new WorkFilter { PriceMax = request.PriceMax },
            PageSize = request.PageSize,
            PageToken = request.PageToken,
        };
        asked.Filter.Fields.Add(request.Fields);
        asked.Filter.Kinds.Add(request.Kinds);

        var ownedIds = owned.FindAsync(request.LearnerId, cancellationToken);
        var (found, isStale) = await FindAsync(asked, cancellationToken);
        var mine = await ownedIds ?? [];
        var language = Languages.Primary(request.LanguageTag);
        var answer = new SearchResponse
        {
            NextPageToken = found.NextPageToken,
            Degraded = isStale,
            DegradedReason = isStale ? DegradedReason.Stale : DegradedReason.Unspecified,
        };
        answer.Works.Add(found.Hits.Select(hit =>
            Reduce(WorkCards.ToCard(hit.Work, language, mine.Contains(hit.Work.WorkId)), request.ReadMask)));
        return answer;
    }

    private static WorkCard Reduce(WorkCard card, FieldMask? mask)
    {
        if (mask is null || mask.Paths.Count == 0)
        {
            return card;
        }

        var reduced = new WorkCard();
        mask.Merge(card, reduced);
        return reduced;
    }

    private async Task<(SearchWorksResponse Found, bool IsStale)> FindAsync(SearchWorksRequest asked, CancellationToken cancellationToken)
    {
        var key = asked.ToByteArray();
        try
        {
            var deadline = time.GetUtcNow().UtcDateTime + options.Value.HomeDeadline;
            var found = await catalogue.SearchWorksAsync(asked, deadline: deadline, cancellationToken: cancellationToken);
            await cache.WriteAsync(key, found.ToByteArray());
            return (found, false);
        }
        catch (RpcException failure) when (failure.StatusCode != StatusCode.InvalidArgument && !cancellationToken.IsCancellationRequested)
        {
            if (await cache.ReadAsync(key) is not { } bytes)
            {
                throw;
            }

            metrics.Degraded(Method, nameof(DegradedReason.Stale));
            return (SearchWorksResponse.Parser.ParseFrom(bytes), true);
        }
    }
}
