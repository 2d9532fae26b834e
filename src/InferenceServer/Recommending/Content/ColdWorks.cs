using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Models.Content;
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
    private readonly NeighbourSearch search = new();
    private (string Model, string Version)[] serving = [];
    private bool[] warm = [];
    private int warmCount;
    private int warmAtListing;

    /// <summary>True when lists changed since they were built.</summary>
    public bool HasNews { get; private set; }

    /// <summary>Takes in what changed.</summary>
    /// <param name="table">The catalogue.</param>
    /// <param name="changed">Rows whose vectors changed.</param>
    public void Note(WorkTable table, IReadOnlyCollection<int> changed)
    {
        var lent = scorers.Serving();
        var now = lent.Select(scorer => (scorer.Model, scorer.Version)).ToArray();
        if (!now.SequenceEqual(serving))
        {
            (serving, warm, warmCount) = (now, [], 0); // another model knows other works
        }

        Classify(table, lent);

        foreach (var scorer in lent)
        {
            scorer.Dispose();
        }

        waiting.UnionWith(changed.Where(row => !warm[row]));
    }

    /// <summary>Finds the neighbours of some of the rows that wait; false when none waits.</summary>
    public bool Step(WorkTable table, ContentIndex index)
    {
        var rows = waiting.Take(RowsPerStep).ToArray();
        foreach (var row in rows)
        {
            waiting.Remove(row);
            lists[row] = warmCount > 0 && index.VectorOf(row) is { } vector && table[row] is not null
                ? search.Find(index, vector, options.NeighboursMax, options.NeighbourLikenessMin, other => warm[other], table.IdOf)
                : [];
        }

        HasNews |= rows.Length > 0;
        return rows.Length > 0;
    }

    /// <summary>All lists as they are now.</summary>
    public ColdNeighbours Build()
    {
        HasNews = false;
        return ColdNeighbours.Of(lists, options.NeighboursMax);
    }

    /// <summary>Has all neighbours found again: all vectors were made anew.</summary>
    public void Renew() => waiting.UnionWith(lists.Keys);

    /// <summary>Classifies the rows that have not been.</summary>
    private void Classify(WorkTable table, IReadOnlyList<IWorkScorer> lent)
    {
        var first = warm.Length;
        if (first == table.Count)
        {
            return;
        }

        Array.Resize(ref warm, table.Count);
        for (var row = first; row < table.Count; row++)
        {
            var id = table.IdOf(row);
            warm[row] = lent.All(scorer => scorer.Knows(id));
            warmCount += warm[row] ? 1 : 0;
            if (warm[row])
            {
                HasNews |= lists.Remove(row);
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
