using System.Buffers;
using KpGrpc.InferenceServer.Evaluation;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>
/// Measures a network with its counts prior by the protocol of <see cref="FullRankEvaluator"/>, for several weights of the
/// prior in one pass over the cases.
/// </summary>
/// <param name="network">Stays the caller's.</param>
/// <param name="prior">The counts beside it.</param>
internal sealed class SequenceValidation(SequenceNetwork network, CountsPrior prior)
{
    private const int ScoresMax = 4 << 20; // of a batch: 16 MiB
    private const int RowsMax = 64;

    private readonly SequenceScorer scorer = new(network);

    /// <summary>Ranks the target of each case.</summary>
    /// <param name="cases">Histories and the items to find.</param>
    /// <param name="choices">Weights of the prior.</param>
    /// <param name="k">Length of the list.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The figures of each choice, in their order.</returns>
    public RankingMetrics[] Run(
        IReadOnlyList<(ReadOnlyMemory<int> History, int Target)> cases, IReadOnlyList<PriorWeights> choices, int k, CancellationToken cancellationToken)
    {
        var items = network.Shape.ItemCount;
        var rows = Math.Clamp(ScoresMax / items, 1, RowsMax);
        var ranks = choices.Select(_ => new int[cases.Count]).ToArray(); // [choices][cases]
        var byLength = Enumerable.Range(0, cases.Count).OrderBy(at => cases[at].History.Length).Chunk(rows);
        var scores = ArrayPool<float>.Shared.Rent(rows * items);
        try
        {
            foreach (var batch in byLength)
            {
                cancellationToken.ThrowIfCancellationRequested();
                scorer.Run([.. batch.Select(at => cases[at].History)], scores.AsSpan(0, batch.Length * items), []);
                for (var row = 0; row < batch.Length; row++)
                {
                    Rank(scores.AsSpan(row * items, items), cases[batch[row]], choices, (choice, rank) => ranks[choice][batch[row]] = rank);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }

        return [.. ranks.Select(ranksOfChoice => FullRankEvaluator.MetricsOf(ranksOfChoice, k))];
    }

    private void Rank(ReadOnlySpan<float> scores, (ReadOnlyMemory<int> History, int Target) known, IReadOnlyList<PriorWeights> choices, Action<int, int> take)
    {
        var scratch = ArrayPool<double>.Shared.Rent(scores.Length);
        var sum = ArrayPool<float>.Shared.Rent(scores.Length);
        try
        {
            var counted = prior.Scores(known.History.Span, scratch);
            for (var choice = 0; choice < choices.Count; choice++)
            {
                var blended = sum.AsSpan(0, scores.Length);
                scores.CopyTo(blended);
                CountsPrior.Add(counted, blended, choices[choice]);
                take(choice, FullRankEvaluator.RankOf(blended, known.History.Span, known.Target));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(sum);
            ArrayPool<double>.Shared.Return(scratch);
        }
    }
}
