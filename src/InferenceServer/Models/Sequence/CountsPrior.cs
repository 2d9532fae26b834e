using System.Buffers;
using KpGrpc.InferenceServer.Models.Counts;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>
/// What co-occurrence counts know, as an addition to the network's scores: for a work with count score <c>c</c>,
/// <c>weight × ln(1 + c / floor)</c>, and 0 for one without. Counts remember rare transitions exactly, the
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
            Add(Scores(history, scratch), scores, weights);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
        }
    }

    /// <summary>Adds the prior of count scores that were computed before.</summary>
    /// <param name="known">What <see cref="Scores"/> gave.</param>
    /// <param name="scores">[items].</param>
    /// <param name="weights">How much it counts.</param>
    public static void Add(ReadOnlySpan<double> known, Span<float> scores, PriorWeights weights)
    {
        for (var item = 0; item < known.Length; item++)
        {
            if (known[item] > 0)
            {
                scores[item] += (float)(weights.Weight * Math.Log(1 + (known[item] / weights.Floor)));
            }
        }
    }

    /// <summary>Count scores of a history.</summary>
    /// <param name="history">Works of a learner, newest last.</param>
    /// <param name="scratch">[items] or longer; overwritten.</param>
    /// <returns>The used part of <paramref name="scratch"/>, each at least 0.</returns>
    public ReadOnlySpan<double> Scores(ReadOnlySpan<int> history, Span<double> scratch)
    {
        var known = scratch[..counts.ItemCount];
        known.Clear();
        counts.Accumulate(history, known);
        return known;
    }

    /// <summary>The floor that suits these counts.</summary>
    /// <param name="histories">Some histories; the first few hundred are enough.</param>
    public double Floor(IEnumerable<ReadOnlyMemory<int>> histories)
    {
        var scratch = new double[counts.ItemCount];
        var best = new List<double>();
        foreach (var history in histories)
        {
            var highest = 0.0;
            foreach (var score in Scores(history.Span, scratch))
            {
                highest = Math.Max(highest, score);
            }

            best.Add(highest);
        }

        return PriorWeights.FloorOf(best);
    }
}
