using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Recommendation.V1;

namespace KpGrpc.Gateway.Services.Home;

/// <summary>
/// Applies a request's conditions to a feed that was not made for this request. Languages of works are not on a card,
/// so that condition cannot hold in a degraded feed.
/// </summary>
internal static class HomeFilter
{
    /// <summary>Keeps what passes, at most <paramref name="count"/> items, with ranks from 1.</summary>
    public static IEnumerable<HomeItem> Apply(IEnumerable<HomeItem> items, RecommendationFilter? filter, IReadOnlySet<string>? owned, int count) =>
        items
            .Where(item => Passes(item.Work, filter) && (filter?.IncludeOwned == true || owned?.Contains(item.Work.WorkId) != true))
            .Take(count)
            .Select((item, index) =>
            {
                var placed = item.Clone();
                placed.Rank = (uint)index + 1;
                placed.Work.Owned = owned?.Contains(item.Work.WorkId) ?? item.Work.Owned;
                return placed;
            });

    private static bool Passes(WorkCard card, RecommendationFilter? filter) =>
        filter is null
        || (!filter.HiddenWorkIds.Contains(card.WorkId)
            && (filter.Kinds.Count == 0 || filter.Kinds.Contains(card.Kind))
            && (filter.Fields.Count == 0 || filter.Fields.Contains(card.Field))
            && (filter.PriceMax is not { } bound
                || (card.Price?.CurrencyCode == bound.CurrencyCode && card.Price.MinorUnits <= bound.MinorUnits)));
}
