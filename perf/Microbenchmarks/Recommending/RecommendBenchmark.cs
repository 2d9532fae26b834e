using System.Collections.Frozen;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Models.Content;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Recommending.Ranking;
using KpGrpc.InferenceServer.Recommending.Scoring;
using KpGrpc.Perf.Figures;

namespace KpGrpc.Microbenchmarks.Recommending;

/// <summary>
/// Measures on one thread what surrounds a model: counts over a history, hard filters and the best 100 of the catalogue,
/// beside filtering all, sorting and taking; likeness of content; and how both grow with the catalogue.
/// </summary>
public sealed class RecommendBenchmark(Stopclock clock)
{
    private const int Wanted = 100;
    private const int HistoryWorks = 36;

    /// <summary>Runs everything for one size of the catalogue.</summary>
    /// <param name="works">Works in the catalogue.</param>
    /// <exception cref="InvalidOperationException">The fast way and the plain way disagree.</exception>
    public IReadOnlyList<Figure> Run(int works)
    {
        var random = new Random(works);
        var table = Catalogue(works, random);
        var scores = Enumerable.Range(0, works).Select(_ => random.NextSingle() + float.Epsilon).ToArray();
        var open = new HardFilter(table, WorkFilter.None, 0, [], []);
        var narrow = new HardFilter(table, new WorkFilter { Fields = new HashSet<int> { 6 }, Kinds = new HashSet<int> { 7 } }, 0, [], []); // 1 in 100
        var name = works >= 1_000_000 ? $"{works / 1_000_000}m" : $"{works / 1_000}k";
        Expect(TopRows.Select(scores, Wanted, table, narrow.Admits).SequenceEqual(Naive(table, scores, narrow)));

        var (fast, fastNarrow) = (Rate(_ => TopRows.Select(scores, Wanted, table, open.Admits)), Rate(_ => TopRows.Select(scores, Wanted, table, narrow.Admits)));
        var (plain, plainNarrow) = (Rate(_ => Naive(table, scores, open)), Rate(_ => Naive(table, scores, narrow)));
        var (counts, trail) = Counts(works, random);
        var sparse = new float[works];
        var countsRate = Rate(_ =>
        {
            Array.Clear(sparse);
            counts.ScoreAsync(table, trail, sparse, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            return TopRows.Select(sparse, Wanted, table, open.Admits);
        });
        var (indexed, near, all) = Content(table);
        return
        [
            Figure($"top-{Wanted}.{name}", fast, $"filter all, sort, take; {name}", plain),
            Figure($"top-{Wanted}.filtered-1-in-100.{name}", fastNarrow, $"filter all, sort, take; {name}", plainNarrow),
            Figure($"counts-and-top-{Wanted}.{name}", countsRate),
            Figure($"content.index.{name}", indexed),
            Figure($"content.like-a-work.{name}", near, $"reading all its features; {name}", all),
        ];
    }

    private static void Expect(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("A measured operation gave a wrong result.");
        }
    }

    private static Figure Figure(string name, double value, string? peer = null, double? beside = null) => new()
    {
        Name = name,
        Metric = "throughput",
        Value = Math.Round(value, 1),
        Unit = "1/s",
        Peer = peer,
        Ratio = beside is null ? null : Math.Round(value / beside.Value, 2),
    };

    private static WorkTable Catalogue(int works, Random random) => WorkTable.Empty().With(Enumerable.Range(0, works).Select(n => Work(n, random)), []);

    private static Work Work(int n, Random random)
    {
        var title = string.Join(' ', Enumerable.Range(0, 6).Select(_ => Word(Math.Min(random.Next(20_000), random.Next(20_000)))));
        return new Work
        {
            WorkId = $"work-{n:D7}",
            Titles = [("en", title)],
            Texts = new SearchText(title, "", ""),
            Field = random.Next(10) == 0 ? 6 : 1,
            Kind = random.Next(10) == 0 ? 7 : 1,
            Level = 0,
            Language = "en",
            ProducerId = "p",
            Tags = [],
            Price = new Price(100, "CNY", 2),
            Published = true,
            Unlicensed = false,
            PublishedAt = null,
            AvailableFrom = null,
            AvailableUntil = null,
            Body = ReadOnlyMemory<byte>.Empty,
        };
    }

    /// <summary>One of 20,000 words of seven letters that share no beginning.</summary>
    private static string Word(int number) => string.Create(7, (ulong)(number + 1) * 0x9E3779B97F4A7C15, (letters, bits) =>
    {
        for (var at = 0; at < letters.Length; at++, bits /= 26)
        {
            letters[at] = (char)('a' + (bits % 26));
        }
    });

    private static List<int> Naive(WorkTable table, float[] scores, HardFilter filter) =>
        [.. Enumerable.Range(0, scores.Length).Where(filter.Admits).OrderByDescending(row => scores[row]).ThenBy(table.IdOf, StringComparer.Ordinal).Take(Wanted)];

    private static (CountsWorkScorer Scorer, IReadOnlyList<string> Trail) Counts(int works, Random random)
    {
        var histories = Enumerable.Range(0, Math.Max(1, works / 10)).Select(_ => Enumerable.Range(0, 60).Select(_ => Math.Min(random.Next(works), random.Next(works))).Distinct().ToArray()).ToArray();
        var ids = Enumerable.Range(0, works).Select(n => $"work-{n:D7}").ToArray();
        var model = CountsTrainer.Train(histories, works, new CountsOptions { TrainingThreads = Environment.ProcessorCount }, CancellationToken.None);
        var trained = new TrainedCounts(model, ids, ids.Select((id, at) => KeyValuePair.Create(id, at)).ToFrozenDictionary(), "1", histories.Length, 0, 0);
        return (new CountsWorkScorer(trained), [.. histories[0].Take(HistoryWorks).Select(item => ids[item])]);
    }

    private (double IndexedPerSecond, double NearPerSecond, double AllPerSecond) Content(WorkTable table)
    {
        var options = new ContentOptions();
        using var index = new ContentIndex(FeatureRarity.Of(Enumerable.Range(0, table.Count).Select(row => WorkFeatures.Of(table[row]!, options)), table.Count));
        var started = TimeProvider.System.GetTimestamp();
        foreach (var rows in Enumerable.Range(0, table.Count).Chunk(256))
        {
            index.Set([.. rows.Select(row => (row, (ContentVector?)index.Rarity.Vector(WorkFeatures.Of(table[row]!, options), options.FeaturesMax)))]);
        }

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var (scores, search, at) = (new float[table.Count], new NeighbourSearch(), 0);
        var near = Rate(_ => search.Find(index, index.VectorOf(at = (at + 7_919) % table.Count)!, 8, 0.05, _ => true, table.IdOf).Select(found => found.Row).ToList());
        var all = Rate(_ =>
        {
            Array.Clear(scores);
            index.Accumulate(index.VectorOf(at = (at + 7_919) % table.Count)!, 1, scores);
            return TopRows.Select(scores, 8, table, _ => true);
        });
        return (table.Count / seconds, near, all);
    }

    private double Rate(Func<int, List<int>> work) => clock.PerSecond(
        times =>
        {
            for (var i = 0; i < times; i++)
            {
                Expect(work(i).Count > 0);
            }
        },
        1);
}
