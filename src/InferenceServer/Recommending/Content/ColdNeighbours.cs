namespace KpGrpc.InferenceServer.Recommending.Content;

/// <summary>
/// The works that no model knows yet, each with the known works most like it: through them it takes part in the ranking
/// of any model. Immutable.
/// </summary>
/// <param name="rows">Cold rows, ascending.</param>
/// <param name="width">Neighbours a row at most.</param>
/// <param name="neighbours">[rows · width] rows of neighbours, nearest first; -1 behind the last.</param>
/// <param name="likeness">[rows · width] likeness of each, 0 to 1.</param>
internal sealed class ColdNeighbours(int[] rows, int width, int[] neighbours, float[] likeness)
{
    private const float Discount = 0.8f; // what likeness alone says is less sure than what histories say

    /// <summary>No cold works.</summary>
    public static readonly ColdNeighbours None = new([], 0, [], []);

    /// <summary>Cold works that have a neighbour.</summary>
    public int Count => rows.Length;

    /// <summary>
    /// Scores the cold works that have no score: the mean of the neighbours' scores by likeness, times the likeness of
    /// the nearest one, discounted. So a cold work comes after the known work that carries it.
    /// </summary>
    public void Score(Span<float> scores)
    {
        for (var at = 0; at < rows.Length && rows[at] < scores.Length; at++)
        {
            ref var score = ref scores[rows[at]];
            if (score > 0)
            {
                continue;
            }

            var (sum, total) = (0f, 0f);
            for (var place = at * width; place < (at + 1) * width && neighbours[place] >= 0; place++)
            {
                total += likeness[place];
                sum += neighbours[place] < scores.Length ? likeness[place] * scores[neighbours[place]] : 0;
            }

            score = total > 0 ? Discount * likeness[at * width] * sum / total : 0;
        }
    }

    /// <summary>The neighbour that carries most of a cold row's score; -1 when the row is not cold.</summary>
    public int CarrierOf(int row, ReadOnlySpan<float> scores)
    {
        var at = Array.BinarySearch(rows, row);
        var (best, most) = (-1, 0f);
        for (var place = at * width; at >= 0 && place < (at + 1) * width && neighbours[place] >= 0; place++)
        {
            var part = neighbours[place] < scores.Length ? likeness[place] * scores[neighbours[place]] : 0;
            (best, most) = part > most ? (neighbours[place], part) : (best, most);
        }

        return best;
    }

    /// <summary>Puts neighbour lists in order of their rows.</summary>
    public static ColdNeighbours Of(IReadOnlyDictionary<int, IReadOnlyList<(int Row, float Likeness)>> lists, int width)
    {
        var rows = lists.Where(entry => entry.Value.Count > 0).Select(entry => entry.Key).Order().ToArray();
        var neighbours = new int[rows.Length * width];
        var likeness = new float[rows.Length * width];
        Array.Fill(neighbours, -1);
        for (var at = 0; at < rows.Length; at++)
        {
            var place = at * width;
            foreach (var (row, like) in lists[rows[at]].Take(width))
            {
                (neighbours[place], likeness[place]) = (row, like);
                place++;
            }
        }

        return new ColdNeighbours(rows, width, neighbours, likeness);
    }

    /// <summary>True when the row's work has no model that knows it but has neighbours.</summary>
    public bool Contains(int row) => Array.BinarySearch(rows, row) >= 0;
}
