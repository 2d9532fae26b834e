namespace KpGrpc.InferenceServer.Models.Content;

/// <summary>The rows that have one feature, with its weight in each, in no order. Not thread-safe.</summary>
internal sealed class Postings
{
    private int[] rows = new int[2];
    private float[] weights = new float[2];
    private int count;

    /// <summary>Rows in it.</summary>
    public int Count => count;

    /// <summary>Adds a row that is not in it.</summary>
    public void Add(int row, float weight)
    {
        if (count == rows.Length)
        {
            Array.Resize(ref rows, count * 2);
            Array.Resize(ref weights, count * 2);
        }

        (rows[count], weights[count]) = (row, weight);
        count++;
    }

    /// <summary>Takes a row out.</summary>
    public void Remove(int row)
    {
        var at = Array.IndexOf(rows, row, 0, count);
        if (at >= 0)
        {
            count--;
            (rows[at], weights[at]) = (rows[count], weights[count]);
        }
    }

    /// <summary>Adds factor × weight to the score of each row; rows beyond the scores are passed over.</summary>
    public void Accumulate(float factor, Span<float> scores)
    {
        for (var at = 0; at < count; at++)
        {
            var row = rows[at];
            if ((uint)row < (uint)scores.Length)
            {
                scores[row] += factor * weights[at];
            }
        }
    }

    /// <summary>Adds factor × weight, above 0, to the scores of the first rows, and notes rows whose score was 0.</summary>
    /// <returns>How many rows that were.</returns>
    public int Gather(float factor, int most, float[] scores, List<int> touched)
    {
        var read = Math.Min(count, most);
        for (var at = 0; at < read; at++)
        {
            ref var score = ref scores[rows[at]];
            if (score == 0)
            {
                touched.Add(rows[at]);
            }

            score += factor * weights[at];
        }

        return read;
    }
}
