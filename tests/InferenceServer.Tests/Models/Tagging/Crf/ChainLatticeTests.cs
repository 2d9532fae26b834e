using KpGrpc.InferenceServer.Models.Tagging.Crf;
using KpGrpc.InferenceServer.Models.Tagging.Spans;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Crf;

public sealed class ChainLatticeTests
{
    private static readonly TagSet Tags = TagSet.Of(["a"], TagScheme.Bioes);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Add_RandomScores_GivesTheLossOfAllRows(int length)
    {
        for (var round = 0; round < 20; round++)
        {
            var (scores, emissions) = RandomChain.Of(Tags, length, round);
            var target = Target(length);

            var loss = new ChainLattice(scores).Add(emissions, target, new float[emissions.Length], new ChainGradients(Tags.Count), 1);

            Assert.Equal(LossOf(scores, emissions, target), loss, 1e-4);
        }
    }

    [Fact]
    public void Add_RandomScores_GivesTheGradientsOfFiniteDifferences()
    {
        const int Length = 4;
        const float Step = 1e-3f;
        var (scores, emissions) = RandomChain.Of(Tags, Length, 3);
        var target = Target(Length);
        var gradients = new float[emissions.Length];
        var chain = new ChainGradients(Tags.Count);

        new ChainLattice(scores).Add(emissions, target, gradients, chain, 0.5f);

        Check(emissions, gradients);
        Check(scores.Start, chain.Start);
        Check(scores.Between, chain.Between);
        Check(scores.End, chain.End);

        void Check(float[] values, float[] found)
        {
            for (var at = 0; at < values.Length; at++)
            {
                var kept = values[at];
                values[at] = kept + Step;
                var above = LossOf(scores, emissions, target);
                values[at] = kept - Step;
                var below = LossOf(scores, emissions, target);
                values[at] = kept;
                Assert.Equal(0.5 * (above - below) / (2 * Step), found[at], 2e-3);
            }
        }
    }

    [Fact]
    public void Add_LongChainOfLargeScores_StaysFinite()
    {
        var (scores, _) = RandomChain.Of(Tags, 1, 0);
        float[] emissions = [.. Enumerable.Range(0, 400 * Tags.Count).Select(at => at % 3 * 80f)];
        var gradients = new float[emissions.Length];

        var loss = new ChainLattice(scores).Add(emissions, Target(400), gradients, new ChainGradients(Tags.Count), 1);

        Assert.True(double.IsFinite(loss) && loss > 0);
        Assert.All(gradients, gradient => Assert.InRange(gradient, -1.001f, 1.001f));
    }

    private static int[] Target(int length) => Tags.Encode(length, length > 1 ? [new Span(0, 2, "a"), new Span(3, 4, "a")] : [new Span(0, 1, "a")]);

    /// <summary>By the definition: the logarithm of the sum over all rows, less the right one's score.</summary>
    private static double LossOf(TransitionScores scores, float[] emissions, int[] target) =>
        Math.Log(RandomChain.Rows(Tags.Count, target.Length).Sum(row => Math.Exp(RandomChain.Score(scores, emissions, row)))) - RandomChain.Score(scores, emissions, target);
}
