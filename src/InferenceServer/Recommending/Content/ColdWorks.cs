using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Models.Content;
using KpGrpc.InferenceServer.Recommending.Ranking;
using KpGrpc.InferenceServer.Recommending.Scoring;

namespace KpGrpc.InferenceServer.Recommending.Content;

/// <summary>
/// Keeps <see cref="ColdNeighbours"/> true while works come and models change, a limited amount of work at a time.
/// Not thread-safe: the indexing loop owns it.
/// </summary>
internal sealed class ColdWorks(Scorers scorers, ContentOptions options)
{
    private const int RowsPerStep = 512;
    private const double WarmGrowthMax = 0.1; // of the known works: neighbours of before are as good until then

    private readonly Dictionary<int, IReadOnlyList<(int Row, float Likeness)>> lists = [];
    private readonly HashSet<int> waiting = [];
    private (string Model, string Version)[] serving = [];
    private bool[] warm = [];
    private int warmCount;
    private int warmAtListing;

    /// <summary>Takes in what changed.</summary>
    /// <param name="table">The catalogue.</param>
    /// <param name="changed">Rows whose vectors changed.</param>
    public void Note(WorkTable table, IReadOnlyCollection<int> changed)
    {
        var lent = scorers.Serving();
        var now = lent.Select(scorer => (scorer.Model, scorer.Version)).ToArray();
        if (!now.SequenceEqual(serving) || table.Count > warm.Length)
        {
            serving = now;
            Classify(table, lent);
        }

        foreach (var scorer in lent)
        {
            scorer.Dispose();
        }

        waiting.UnionWith(changed.Where(row => !warm[row]));
    }

    /// <summary>Finds the neighbours of some of the rows that wait; returns the new lists when any changed, else null.</summary>
    public ColdNeighbours? Step(WorkTable table, ContentIndex index)
    {
        if (waiting.Count == 0)
        {
            return null;
        }

        var scores = new float[table.Count];
        foreach (var row in waiting.Take(RowsPerStep).ToArray())
        {
            waiting.Remove(row);
            lists[row] = index.VectorOf(row) is { } vector && table[row] is not null ? Neighbours(table, index, vector, scores) : [];
        }

        return ColdNeighbours.Of(lists, options.NeighboursMax);
    }

    private List<(int Row, float Likeness)> Neighbours(WorkTable table, ContentIndex index, ContentVector vector, float[] scores)
    {
        if (warmCount == 0)
        {
            return [];
        }

        Array.Clear(scores);
        index.Accumulate(vector, 1, scores);
        return TopRows.Select(scores, options.NeighboursMax, table, row => warm[row])
            .Where(row => scores[row] >= options.NeighbourLikenessMin).Select(row => (row, scores[row])).ToList();
    }

    private void Classify(WorkTable table, IReadOnlyList<IWorkScorer> lent)
    {
        warm = new bool[table.Count];
        warmCount = 0;
        for (var row = 0; row < table.Count; row++)
        {
            var id = table.IdOf(row);
            warm[row] = lent.All(scorer => scorer.Knows(id));
            warmCount += warm[row] ? 1 : 0;
            if (warm[row])
            {
                lists.Remove(row);
                waiting.Remove(row);
            }
            else if (!lists.ContainsKey(row))
            {
                waiting.Add(row);
            }
        }

        if (Math.Abs(warmCount - warmAtListing) > WarmGrowthMax * warmAtListing)
        {
            warmAtListing = warmCount;
            waiting.UnionWith(lists.Keys);
        }
    }
}
