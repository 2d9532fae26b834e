using KpGrpc.Gateway.Services.Catalogue;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Recommendation.V1;

namespace KpGrpc.Gateway.Services.Home;

/// <summary>Makes a feed: what the recommender places, with titles and prices of the catalogue and reasons in words.</summary>
internal sealed class FreshFeed(RecommendationService.RecommendationServiceClient recommendations, WorkLookup works)
{
    private const string Surface = "home";

    /// <summary>Asks the recommender and the catalogue.</summary>
    /// <param name="request">What the learner wants.</param>
    /// <param name="owned">What she owns; empty where it is not known.</param>
    /// <param name="deadline">Latest answer, UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Grpc.Core.RpcException">Inference did not answer.</exception>
    public async Task<GetHomeResponse> MakeAsync(GetHomeRequest request, Task<HashSet<string>?> owned, DateTime deadline, CancellationToken cancellationToken)
    {
        var language = Languages.Primary(request.LanguageTag);
        var asked = new RecommendRequest
        {
            LearnerId = request.LearnerId,
            Count = request.Count,
            Filter = request.Filter,
            Context = new RecommendationContext { Surface = Surface, LanguageTag = request.LanguageTag.Length > 0 ? request.LanguageTag : Languages.Default },
        };
        var answer = await recommendations.RecommendAsync(asked, deadline: deadline, cancellationToken: cancellationToken);
        var list = answer.List ?? new RecommendationList();
        var ids = list.Results.SelectMany(result => result.Reasons.Select(reason => reason.BecauseWorkId).Prepend(result.WorkId)).Where(id => id.Length > 0);
        var known = await works.FindAsync(ids, cancellationToken);
        var mine = await owned ?? [];

        var feed = new GetHomeResponse
        {
            RequestId = list.RequestId,
            ComputedAt = list.ComputedAt,
            ProfileVersion = list.ProfileVersion,
        };
        foreach (var result in list.Results.OrderBy(result => result.Rank))
        {
            // What left the catalogue a moment ago can't be shown, and so can't be sold.
            if (known.TryGetValue(result.WorkId, out var work))
            {
                feed.Items.Add(ToItem(result, WorkCards.ToCard(work, language, mine.Contains(result.WorkId)), (uint)feed.Items.Count + 1, known, language));
            }
        }

        return feed;
    }

    private static HomeItem ToItem(
        RecommendedWork result, WorkCard card, uint rank, IReadOnlyDictionary<string, Protos.Catalog.V1.Work> known, string language)
    {
        var because = result.Reasons.Select(reason => reason.BecauseWorkId).Where(id => id.Length > 0).ToArray();
        var title = because.Select(id => known.TryGetValue(id, out var work) ? WorkCards.Text(work.Titles, language) : null).FirstOrDefault(text => text is not null);
        var item = new HomeItem
        {
            Work = card,
            Rank = rank,
            Reason = result.Explanation.Length > 0 ? result.Explanation : ReasonWords.Say(result.Path, title, language),
            Path = result.Path,
            Model = result.Model,
            Score = result.Score,
        };
        item.BecauseWorkIds.Add(because);
        return item;
    }
}
