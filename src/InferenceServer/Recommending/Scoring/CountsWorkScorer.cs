using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Recommending.Scoring;

/// <summary>Scores by one version of the counts model.</summary>
internal sealed class CountsWorkScorer(TrainedCounts counts) : IWorkScorer
{
    /// <summary>Name of the counts model.</summary>
    public const string Name = "counts";

    private volatile Map map = new(0, [.. Enumerable.Repeat(-1, counts.WorkIds.Count)]);

    /// <summary>The version that scores.</summary>
    public TrainedCounts Counts => counts;

    /// <inheritdoc />
    public string Model => Name;

    /// <inheritdoc />
    public string Version => counts.Version;

    /// <inheritdoc />
    public RankPath Path => RankPath.Counts;

    /// <inheritdoc />
    public BatchFacts? Batch => null;

    /// <inheritdoc />
    public bool Knows(string workId) => counts.Indices.ContainsKey(workId);

    /// <summary>Row of each item of the model; negative or beyond the table where the catalogue lacks it.</summary>
    public int[] Places(WorkTable table)
    {
        var now = map;
        if (now.Rows < table.Count)
        {
            // Rows only grow, and two threads that extend the map at once find the same.
            var places = now.Places.ToArray();
            for (var row = now.Rows; row < table.Count; row++)
            {
                if (counts.Indices.TryGetValue(table.IdOf(row), out var item))
                {
                    places[item] = row;
                }
            }

            map = now = new Map(table.Count, places);
        }

        return now.Places;
    }

    /// <inheritdoc />
    public ValueTask ScoreAsync(WorkTable table, IReadOnlyList<string> trail, Memory<float> scores, CancellationToken cancellationToken)
    {
        counts.Model.Accumulate(Items(trail), Places(table), scores.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<(string WorkId, double Share)>> ExplainAsync(
        IReadOnlyList<string> trail, string workId, int most, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string WorkId, double Share)> parts = counts.Indices.TryGetValue(workId, out var item)
            ? [.. counts.Model.Explain(Items(trail), item, most).Select(part => (counts.WorkIds[part.Item], part.Share))]
            : [];
        return ValueTask.FromResult(parts);
    }

    /// <summary>Nothing is lent: the garbage collector takes an old version.</summary>
    public void Dispose()
    {
    }

    private int[] Items(IEnumerable<string> trail) =>
        [.. trail.Select(id => counts.Indices.GetValueOrDefault(id, -1)).Where(item => item >= 0)];

    private sealed record Map(int Rows, int[] Places);
}
