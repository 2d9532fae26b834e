using System.Globalization;

namespace KpGrpc.Demo.Data;

/// <summary>
/// Learners who never existed, the same on every machine: each keeps to a few fields, follows the series she began,
/// prefers popular works and sometimes strays. Only published works are taken, each at most once by a learner.
/// </summary>
internal sealed class SimulatedLearners(SimulationOptions options)
{
    /// <summary>Simulates all learners.</summary>
    /// <param name="works">The catalogue; its order is part of the outcome.</param>
    public List<LearnerHistory> Simulate(IReadOnlyList<CatalogueWork> works)
    {
        // The algorithm behind a seeded Random is frozen by .NET's compatibility rules.
        var random = new Random(options.Seed);
        var offered = works.Where(work => work.Published).ToArray();
        if (offered.Length == 0)
        {
            return [];
        }

        var weights = Popularity(offered, random);
        var next = NextParts(offered);
        return [.. Enumerable.Range(1, options.Learners).Select(number => One(number, offered, weights, next, random))];
    }

    private LearnerHistory One(
        int number, CatalogueWork[] works, Dictionary<CatalogueWork, double> weights, Dictionary<CatalogueWork, CatalogueWork> next, Random random)
    {
        var allFields = works.Select(work => work.Field).Distinct().Order(StringComparer.Ordinal).ToArray();
        random.Shuffle(allFields);
        var fields = allFields.Take(random.Next(1, options.FieldsMax + 1)).ToHashSet();
        var length = Math.Min(random.Next(options.WorksMin, options.WorksMax + 1), works.Length);
        var taken = new List<CatalogueWork>();
        var seen = new HashSet<CatalogueWork>();
        while (taken.Count < length)
        {
            var work = taken.Count > 0 && next.TryGetValue(taken[^1], out var part) && !seen.Contains(part) && random.NextDouble() < options.FollowSeries
                ? part
                : Choose(works, weights, fields, seen, random);
            seen.Add(work);
            taken.Add(work);
        }

        return new LearnerHistory(string.Create(CultureInfo.InvariantCulture, $"learner-{number:D4}"), [.. taken.Select(work => work.WorkId)]);
    }

    private CatalogueWork Choose(
        CatalogueWork[] works, Dictionary<CatalogueWork, double> weights, HashSet<string> fields, HashSet<CatalogueWork> seen, Random random)
    {
        var strays = random.NextDouble() < options.Stray;
        var open = works.Where(work => !seen.Contains(work)).ToArray();
        var wanted = strays ? open : [.. open.Where(work => fields.Contains(work.Field))];
        var choices = wanted.Length > 0 ? wanted : open;
        var point = random.NextDouble() * choices.Sum(work => weights[work]);
        foreach (var work in choices)
        {
            point -= weights[work];
            if (point <= 0)
            {
                return work;
            }
        }

        return choices[^1];
    }

    private Dictionary<CatalogueWork, double> Popularity(CatalogueWork[] works, Random random)
    {
        var shuffled = works.ToArray();
        random.Shuffle(shuffled);
        // A later part of a series is seldom the first thing that somebody picks.
        return shuffled.Select((work, index) => (work, weight: Math.Pow(index + 1, -options.PopularitySkew) / (work.SeriesIndex ?? 1)))
            .ToDictionary(pair => pair.work, pair => pair.weight);
    }

    private static Dictionary<CatalogueWork, CatalogueWork> NextParts(CatalogueWork[] works) => works
        .Where(work => work.Series is not null)
        .GroupBy(work => work.Series, StringComparer.Ordinal)
        .SelectMany(series => series.OrderBy(work => work.SeriesIndex).ToArray() is var parts ? parts.Zip(parts.Skip(1)) : [])
        .ToDictionary(pair => pair.First, pair => pair.Second);
}
