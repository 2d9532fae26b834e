using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.InferenceServer.Models.Tagging.Training;
using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Training;

public sealed class MaskedTokensTests
{
    private static readonly Vocabulary Known = new([.. Vocabulary.Specials, .. Enumerable.Range(0, 100).Select(index => $"t{index}")]);

    [Fact]
    public void Of_Sequences_HidesTheStatedShareAndNeverTheSpecialTokens()
    {
        int[] ids = [Known.Cls, .. Enumerable.Range(5, 40), Known.Sep];
        var masks = 0;
        for (var round = 0; round < 200; round++)
        {
            var masked = MaskedTokens.Of(ids, Known, new SeededRandom(1, "test", round));

            Assert.Equal(6, masked.Hidden.Length);
            Assert.All(masked.Hidden, at => Assert.InRange(at, 1, 40));
            Assert.Same(ids, masked.Originals);
            Assert.All(Enumerable.Range(0, ids.Length).Except(masked.Hidden), at => Assert.Equal(ids[at], masked.Ids[at]));
            masks += masked.Ids.Count(id => id == Known.Mask);
        }

        Assert.InRange(masks / (200.0 * 6), 0.75, 0.86);
    }

    [Fact]
    public void Of_SequenceWithoutTokens_HidesNothing() => Assert.Empty(MaskedTokens.Of([Known.Cls, Known.Sep], Known, new SeededRandom(1, "test", 0)).Hidden);
}
