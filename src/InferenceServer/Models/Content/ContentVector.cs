namespace KpGrpc.InferenceServer.Models.Content;

/// <summary>A sparse vector of unit length, or an empty one. Immutable.</summary>
/// <param name="Features">Feature numbers, ascending.</param>
/// <param name="Weights">Their weights, above 0.</param>
internal sealed record ContentVector(int[] Features, float[] Weights)
{
    /// <summary>The vector of a text without any letter.</summary>
    public static readonly ContentVector Empty = new([], []);

    /// <summary>Cosine of two vectors, 0 to 1.</summary>
    public float Likeness(ContentVector other)
    {
        var sum = 0f;
        var (a, b) = (0, 0);
        while (a < Features.Length && b < other.Features.Length)
        {
            var difference = Features[a] - other.Features[b];
            if (difference == 0)
            {
                sum += Weights[a] * other.Weights[b];
            }

            a += difference <= 0 ? 1 : 0;
            b += difference >= 0 ? 1 : 0;
        }

        return Math.Min(1, sum);
    }

    /// <summary>The weighted sum of vectors, of unit length again.</summary>
    public static ContentVector Sum(IEnumerable<(ContentVector Vector, float Weight)> parts)
    {
        var sum = new SortedDictionary<int, float>();
        foreach (var (vector, weight) in parts)
        {
            for (var at = 0; at < vector.Features.Length; at++)
            {
                sum[vector.Features[at]] = sum.GetValueOrDefault(vector.Features[at]) + (weight * vector.Weights[at]);
            }
        }

        return OfUnitLength([.. sum.Keys], [.. sum.Values]);
    }

    /// <summary>Scales weights to unit length; takes ownership of the arrays.</summary>
    public static ContentVector OfUnitLength(int[] features, float[] weights)
    {
        var length = Math.Sqrt(weights.Sum(weight => (double)weight * weight));
        for (var at = 0; at < weights.Length; at++)
        {
            weights[at] = (float)(weights[at] / length);
        }

        return length > 0 ? new ContentVector(features, weights) : Empty;
    }
}
