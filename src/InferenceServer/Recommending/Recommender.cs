using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Models.Counts;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>Recommends from the counts model over the present catalogue. Hard filters act before the best are taken. Thread-safe.</summary>
internal sealed class Recommender(CountsTraining training, WorkStore store, TimeProvider time)
{
    private const int DiversityPool = 5; // candidates a wanted work that diversity chooses from

    private volatile CatalogView? view;

    /// <summary>The model version and the catalogue that the next answer is made from.</summary>
    public CatalogView View()
    {
        var (counts, catalog) = (training.Current, store.Works);
        var now = view;
        if (now is null || !ReferenceEquals(now.Counts, counts) || !ReferenceEquals(now.Catalog, catalog))
        {
            view = now = CatalogView.Of(counts, catalog);
        }

        return now;
    }

    /// <summary>The best works for a history, in order.</summary>
    public IReadOnlyList<Recommended> Recommend(CatalogView catalog, LearnerHistory history, RecommendationQuery query)
    {
        var interests = history.Interests().Except(query.Session).Concat(query.Session).ToList();
        var taken = query.IncludeOwned ? [] : history.Taken();
        var hidden = history.Hidden();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        bool Allowed(int item) =>
            catalog.Works[item] is { } work && query.Filter.Admits(work, now)
            && !taken.Contains(work.WorkId) && !hidden.Contains(work.WorkId) && !query.Hidden.Contains(work.WorkId);

        var pool = query.PerProducerMax > 0 ? catalog.Works.Count
            : query.Diversity > 0 || query.PreferredFields.Count > 0 ? query.Count * DiversityPool
            : query.Count;
        var ranked = catalog.Works.Count == 0
            ? []
            : catalog.Counts.Model.Rank(catalog.IndicesOf(interests), pool, catalog.Works.Count, Allowed);
        if (interests.Count == 0 && query.PreferredFields.Count > 0)
        {
            ranked = PreferredFirst(catalog, ranked, query, Allowed);
        }

        return [.. Choose(catalog, ranked, query).Select(item => Describe(catalog, item))];
    }

    /// <summary>Works that most often follow a work, in order. Only true neighbours: popularity says nothing of likeness.</summary>
    public IReadOnlyList<Recommended> Similar(CatalogView catalog, string workId, int count, WorkFilter filter, IReadOnlySet<string> hidden)
    {
        var index = catalog.Counts.Indices.GetValueOrDefault(workId, -1);
        if (index < 0)
        {
            return [];
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var ranked = catalog.Counts.Model.Similar(index, count, catalog.Works.Count, item =>
            catalog.Works[item] is { } work && filter.Admits(work, now) && !hidden.Contains(work.WorkId));
        return [.. ranked.Where(item => item.Path == RankPath.Counts).Select(item => Describe(catalog, item))];
    }

    private static IReadOnlyList<RankedItem> PreferredFirst(
        CatalogView catalog, IReadOnlyList<RankedItem> ranked, RecommendationQuery query, Predicate<int> allowed)
    {
        var preferred = catalog.Counts.Model.Rank(
            [], query.Count * DiversityPool, catalog.Works.Count, item => query.PreferredFields.Contains(catalog.Works[item]?.Field ?? 0) && allowed(item));
        return [.. preferred, .. ranked.Where(item => !query.PreferredFields.Contains(catalog.Works[item.Item]!.Field))];
    }

    /// <summary>Greedy choice: each place takes the candidate with the best balance of place in the ranking and likeness to those chosen.</summary>
    private static List<RankedItem> Choose(CatalogView catalog, IReadOnlyList<RankedItem> ranked, RecommendationQuery query)
    {
        var candidates = ranked.Select((item, place) => (Item: item, Work: catalog.Works[item.Item]!, Relevance: 1.0 / (1 + place))).ToList();
        var chosen = new List<(RankedItem Item, Work Work)>();
        var perProducer = new Dictionary<string, int>();
        while (chosen.Count < query.Count && candidates.Count > 0)
        {
            var best = query.Diversity > 0 ? MostWorthwhile(candidates, chosen, query.Diversity) : 0;
            var (item, work, _) = candidates[best];
            candidates.RemoveAt(best);
            var sofar = perProducer.GetValueOrDefault(work.ProducerId);
            if (query.PerProducerMax == 0 || sofar < query.PerProducerMax)
            {
                perProducer[work.ProducerId] = sofar + 1;
                chosen.Add((item, work));
            }
        }

        return chosen.ConvertAll(pair => pair.Item);
    }

    private static int MostWorthwhile(
        List<(RankedItem Item, Work Work, double Relevance)> candidates, List<(RankedItem Item, Work Work)> chosen, double diversity)
    {
        var (best, bestWorth) = (0, double.NegativeInfinity);
        for (var at = 0; at < candidates.Count; at++)
        {
            var likeness = chosen.Count == 0 ? 0 : chosen.Max(other => Likeness(candidates[at].Work, other.Work));
            var worth = ((1 - diversity) * candidates[at].Relevance) - (diversity * likeness);
            if (worth > bestWorth)
            {
                (best, bestWorth) = (at, worth);
            }
        }

        return best;
    }

    private static double Likeness(Work a, Work b) => (a.Field == b.Field ? 0.5 : 0) + (a.ProducerId == b.ProducerId ? 0.5 : 0);

    private static Recommended Describe(CatalogView catalog, RankedItem item) => new(
        catalog.Works[item.Item]!, item.Score, item.Path, [.. item.Because.Select(part => (catalog.Counts.WorkIds[part.Item], part.Share))]);
}
