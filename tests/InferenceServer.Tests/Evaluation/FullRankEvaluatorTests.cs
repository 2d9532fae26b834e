using CsCheck;
using KpGrpc.InferenceServer.Evaluation;

namespace KpGrpc.InferenceServer.Tests.Evaluation;

public sealed class FullRankEvaluatorTests
{
    [Fact]
    public void Evaluate_AllTied_CountsTheTiesAgainstTheModel()
    {
        // 5 items, one seen: the target shares its score with three others, so its rank is 4.
        var atThree = Evaluate(new Fixed([1, 1, 1, 1, 1]), [0], 1, k: 3);
        var atFour = Evaluate(new Fixed([1, 1, 1, 1, 1]), [0], 1, k: 4);

        Assert.Equal(new RankingMetrics(0, 0, 1), atThree);
        Assert.Equal(new RankingMetrics(1, 1 / Math.Log2(5), 1), atFour);
    }

    [Fact]
    public void Evaluate_TargetSeenBefore_IsAMiss() =>
        Assert.Equal(0, Evaluate(new Fixed([9, 1]), [0], 0, k: 10).HitRate);

    [Fact]
    public void Evaluate_BetterItemsThatWereSeen_DoNotCount() =>
        Assert.Equal(new RankingMetrics(1, 1, 1), Evaluate(new Fixed([9, 5, 1]), [0], 1, k: 1));

    [Fact]
    public void Evaluate_NoCase_IsZero() =>
        Assert.Equal(default, FullRankEvaluator.Evaluate(new Fixed([1]), [], 1, 10, CancellationToken.None));

    [Fact]
    public void Evaluate_AnyScores_AgreesWithSorting() =>
        Gen.Select(Gen.Double[0, 3].Select(score => Math.Round(score)).Array[8], Gen.Int[0, 7].Array[0, 5], Gen.Int[0, 7], Gen.Int[1, 8]).Sample(
            (scores, history, target, k) =>
            {
                var order = Enumerable.Range(0, 8).Where(item => !history.Contains(item))
                    .OrderByDescending(item => scores[item]).ThenBy(item => item == target ? 1 : 0).ToList();
                var rank = order.IndexOf(target) + 1;
                var expected = rank >= 1 && rank <= k ? new RankingMetrics(1, 1 / Math.Log2(rank + 1), 1) : new RankingMetrics(0, 0, 1);

                Assert.Equal(expected, Evaluate(new Fixed(scores), history, target, k));
            },
            iter: 500);

    private static RankingMetrics Evaluate(IFullRankScorer scorer, int[] history, int target, int k) =>
        FullRankEvaluator.Evaluate(scorer, [(history, target)], ((Fixed)scorer).Scores.Length, k, CancellationToken.None);

    private sealed record Fixed(double[] Scores) : IFullRankScorer
    {
        public void Score(ReadOnlySpan<int> history, Span<double> scores) => Scores.CopyTo(scores);
    }
}
