using Google.Protobuf.WellKnownTypes;

using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Gateway.Services.Catalogue;

/// <summary>Searches the catalogue for a learner.</summary>
internal sealed class SearchReader(CatalogService.CatalogServiceClient catalogue, OwnedWorks owned)
{
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
        var found = await catalogue.SearchWorksAsync(asked, cancellationToken: cancellationToken);
        var mine = await ownedIds ?? [];
        var language = Languages.Primary(request.LanguageTag);
        var answer = new SearchResponse { NextPageToken = found.NextPageToken };
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
}
