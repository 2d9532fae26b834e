using System.Buffers;
using KpGrpc.InferenceServer.Models.Counts;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>
/// What co-occurrence counts know, as an addition to the network's scores: for a work with count score <c>c</c>,
/// <c>weight × ln((c / best + floor) / floor)</c>, and 0 for one without. Counts remember rare transitions exactly, the
/// network generalises: together they rank better than either. Thread-safe.
/// </summary>
/// <param name="counts">The counts model over the same works.</param>
internal sealed class CountsPrior(CountsModel counts)
{
    /// <summary>Adds the prior to scores.</summary>
    /// <param name="history">Works of a learner, newest last.</param>
    /// <param name="scores">[items].</param>
    /// <param name="weights">How much it counts.</param>
    public void Add(ReadOnlySpan<int> history, Span<float> scores, PriorWeights weights)
    {
        if (weights.Weight == 0)
        {
            return;
        }

        var scratch = ArrayPool<double>.Shared.Rent(counts.ItemCount);
        try
        {
            Add(Ratios(history, scratch), scores, weights);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
        }
    }

    /// <summary>Adds the prior of count scores that were computed before.</summary>
    /// <param name="ratios">What <see cref="Ratios"/> gave.</param>
    /// <param name="scores">[items].</param>
    /// <param name="weights">How much it counts.</param>
    public static void Add(ReadOnlySpan<double> ratios, Span<float> scores, PriorWeights weights)
    {
        for (var item = 0; item < ratios.Length; item++)
        {
            if (ratios[item] > 0)
            {
                scores[item] += (float)(weights.Weight * Math.Log((ratios[item] + weights.Floor) / weights.Floor));
            }
        }
    }

    /// <summary>Count scores as shares of the best one.</summary>
    /// <param name="history">Works of a learner, newest last.</param>
    /// <param name="scratch">[items] or longer; overwritten.</param>
    /// <returns>The used part of <paramref name="scratch"/>, each in [0, 1].</returns>
    public ReadOnlySpan<double> Ratios(ReadOnlySpan<int> history, Span<double> scratch)
    {
        var ratios = scratch[..counts.ItemCount];
        ratios.Clear();
        counts.Accumulate(history, ratios);
        var best = 0.0;
        foreach (var ratio in ratios)
        {
            best = Math.Max(best, ratio);
        }

        if (best > 0)
        {
            foreach (ref var ratio in ratios)
            {
                ratio /= best;
            }
        }

        return ratios;
    }
}
