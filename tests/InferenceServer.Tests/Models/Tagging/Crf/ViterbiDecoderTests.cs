using KpGrpc.InferenceServer.Models.Tagging.Crf;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Crf;

public sealed class ViterbiDecoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Decode_RandomScores_FindsTheBestAllowedRowOfAll(int length)
    {
        var tags = TagSet.Of(["a"], TagScheme.Bioes);
        for (var round = 0; round < 50; round++)
        {
            var (scores, emissions) = RandomChain.Of(tags, length, round);
            var best = RandomChain.Rows(tags.Count, length).Where(row => RandomChain.IsAllowed(tags, row))
                .MaxBy(row => RandomChain.Score(scores, emissions, row))!;

            Assert.Equal(best, new ViterbiDecoder(tags, scores).Decode(emissions, length));
        }
    }

    [Fact]
    public void Decode_WithoutCrf_NeverBreaksTheScheme()
    {
        var tags = TagSet.Of(["a", "b"], TagScheme.Bioes);
        var random = new SeededRandom(1, "test", 0);
        for (var round = 0; round < 100; round++)
        {
            float[] emissions = [.. Enumerable.Range(0, 12 * tags.Count).Select(_ => (float)random.Fraction())];

            Assert.True(RandomChain.IsAllowed(tags, new ViterbiDecoder(tags).Decode(emissions, 12)));
        }
    }

    [Fact]
    public void Decode_NoTokens_GivesNone() => Assert.Empty(new ViterbiDecoder(TagSet.Of(["a"], TagScheme.Bio)).Decode([], 0));
}
