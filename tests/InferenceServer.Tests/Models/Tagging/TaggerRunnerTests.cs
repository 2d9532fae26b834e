using KpGrpc.InferenceServer.Models.Tagging;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.InferenceServer.Tests.Models.Tagging.Fixtures;
using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.InferenceServer.Training;
using KpGrpc.Testing;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging;

public sealed class TaggerRunnerTests(LoadedTorch torchLoaded) : IClassFixture<LoadedTorch>
{
    [Theory]
    [InlineData("absolute")]
    [InlineData("relative")]
    public void Logits_ImportedCheckpoint_EqualAnIndependentImplementations(string name)
    {
        using var runner = new TaggerRunner(TaggerFolder.Read(Fixture.Folder(name), torchLoaded.Device));

        foreach (var (ids, expected) in Fixture.Expected(name))
        {
            AssertClose(expected, runner.Logits([ids]), 1e-4f);
        }
    }

    [Theory]
    [InlineData("absolute")]
    [InlineData("relative")]
    public void Logits_SequencesTogether_AreThoseOfEachAlone(string name)
    {
        using var runner = new TaggerRunner(TaggerFolder.Read(Fixture.Folder(name), torchLoaded.Device));
        int[][] sequences = [.. Fixture.Expected(name).Select(sequence => sequence.Ids)];
        var tags = runner.Model.Tags.Count;

        var together = runner.Logits(sequences);

        var width = together.Length / sequences.Length;
        for (var row = 0; row < sequences.Length; row++)
        {
            var alone = runner.Logits([sequences[row]]);
            AssertClose(alone, together[(row * width)..((row * width) + (sequences[row].Length * tags))], 1e-5f);
        }
    }

    [Fact]
    public void Run_TextsOfAllLengths_AnswersInOrderAsAlone()
    {
        using var runner = new TaggerRunner(TaggerFolder.Read(Fixture.Folder("absolute"), torchLoaded.Device));
        var random = new SeededRandom(1, "test", 0);
        TokenizedText[] texts = [.. Enumerable.Range(0, 40).Select(_ => runner.Model.Tokenizer.Tokenize(
            string.Concat(Enumerable.Range(0, random.Below(20)).Select(_ => "浙商银行企业信贷部叶老桂博士"[random.Below(14)]))))];

        var replies = runner.Run(texts);

        Assert.Equal(texts.Length, replies.Count);
        for (var at = 0; at < texts.Length; at++)
        {
            var alone = Assert.Single(runner.Run([texts[at]]));
            Assert.Equal(texts[at].Length - 2, replies[at].Tags.Length);
            Assert.Equal(alone.Tags, replies[at].Tags);
            Assert.Equal(alone.Spans, replies[at].Spans);
            Assert.All(replies[at].Scores, score => Assert.InRange(score, 0f, 1f));
            AssertClose([.. alone.Scores], [.. replies[at].Scores], 1e-5f);
        }
    }

    [Fact]
    public void LengthOf_TextLongerThanThePositions_IsRefused()
    {
        using var runner = new TaggerRunner(TaggerFolder.Read(Fixture.Folder("absolute"), torchLoaded.Device));

        var failure = Assert.Throws<ArgumentException>(() => runner.LengthOf(new TokenizedText(new int[25], new int[25], new int[25], 23, false)));

        Assert.Contains("25 tokens", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ManyTimes_LeavesNoTensor()
    {
        using var runner = new TaggerRunner(TaggerFolder.Read(Fixture.Folder("relative"), torchLoaded.Device));
        var text = runner.Model.Tokenizer.Tokenize("浙商银行");
        runner.Run([text]);
        var before = DisposeScopeManager.Statistics;
        var liveBefore = before.CreatedOutsideScopeCount - before.DetachedFromScopeCount;

        for (var round = 0; round < TestScale.Of(1000, 10_000); round++)
        {
            runner.Run([text, text]);
        }

        var after = DisposeScopeManager.Statistics;
        Assert.Equal(before.ThreadTotalLiveCount, after.ThreadTotalLiveCount);
        Assert.Equal(liveBefore, after.CreatedOutsideScopeCount - after.DetachedFromScopeCount);
    }

    private static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var at = 0; at < expected.Length; at++)
        {
            Assert.InRange(actual[at], expected[at] - tolerance, expected[at] + tolerance);
        }
    }
}
