namespace KpGrpc.InferenceServer.Models.Content;

/// <summary>The rows that have one feature, with its weight in each, in no order. Not thread-safe.</summary>
internal sealed class Postings
{
    private int[] rows = new int[2];
    private float[] weights = new float[2];
    private int count;

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
}
