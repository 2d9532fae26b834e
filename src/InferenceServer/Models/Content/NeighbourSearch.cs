namespace KpGrpc.InferenceServer.Models.Content;

/// <summary>
/// Finds the rows most like a vector at a cost that does not grow with the catalogue: candidates are the rows that share
/// its rarest features, of which at most <see cref="ReadsMax"/> are read, and only the best of them are compared in full.
/// Exact where the features of a vector occur no oftener than that. One thread at a time.
/// </summary>
internal sealed class NeighbourSearch
{
    private const int ReadsMax = 20_000;
    private const int ComparedPerPlace = 4; // a partial sum ranks nearly as the whole one does

    private readonly List<int> touched = [];
    private float[] scores = [];

    /// <summary>Finds them.</summary>
    /// <param name="index">Where.</param>
    /// <param name="vector">Of the index' rarity.</param>
    /// <param name="most">At most so many, at least 1.</param>
    /// <param name="least">Likeness below which a row is left out.</param>
    /// <param name="admits">Rows that may be found.</param>
    /// <param name="idOf">Names rows, for the order among equals.</param>
    /// <returns>By likeness, descending, then name.</returns>
    public IReadOnlyList<(int Row, float Likeness)> Find(
        ContentIndex index, ContentVector vector, int most, double least, Func<int, bool> admits, Func<int, string> idOf)
    {
        index.Gather(vector, ReadsMax, ref scores, touched);
        var best = Best(ComparedPerPlace * most, admits);
        foreach (var row in touched)
        {
            scores[row] = 0;
        }

        touched.Clear();
        return [.. best.Select(row => (Row: row, Likeness: index.VectorOf(row)?.Likeness(vector) ?? 0))
            .Where(found => found.Likeness >= least && found.Likeness > 0)
            .OrderByDescending(found => found.Likeness).ThenBy(found => idOf(found.Row), StringComparer.Ordinal).Take(most)];
    }

    private List<int> Best(int count, Func<int, bool> admits)
    {
        var best = new PriorityQueue<int, float>();
        foreach (var row in touched)
        {
            if ((best.Count == count && best.TryPeek(out _, out var worst) && scores[row] <= worst) || !admits(row))
            {
                continue;
            }

            best.Enqueue(row, scores[row]);
            if (best.Count > count)
            {
                best.Dequeue();
            }
        }

        return [.. best.UnorderedItems.Select(item => item.Element)];
    }
}
