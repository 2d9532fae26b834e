using CsCheck;
using KpGrpc.InferenceServer.Models.Content;

namespace KpGrpc.InferenceServer.Tests.Models.Content;

public sealed class ContentIndexTests
{
    private static readonly string[] Words = ["python", "pythonic", "statistics", "data", "cooking", "高等数学", "数学分析", "线性代数", "微积分入门"];

    [Fact]
    public void Accumulate_AfterAnyChanges_GivesEveryRowItsCosine() =>
        Gen.Select(Gen.Select(Gen.Int[0, 9], Gen.Int[0, Words.Length - 1].Array[0, 4]).Array[1, 30], Gen.Int[0, Words.Length - 1].Array[1, 3]).Sample(
            (changes, asked) =>
            {
                using var index = new ContentIndex(FeatureRarity.Of(Words.Select(word => new FeatureBag().AddText(word, 1)), Words.Length));
                var naive = new ContentVector?[10];
                foreach (var (row, words) in changes)
                {
                    naive[row] = words.Length == 0 ? null : Vector(index, words);
                    index.Set([(row, naive[row])]);
                }

                var vector = Vector(index, asked);
                var scores = new float[8]; // the last rows lie beyond
                index.Accumulate(vector, 2, scores);

                for (var row = 0; row < scores.Length; row++)
                {
                    Assert.Equal(2 * (naive[row]?.Likeness(vector) ?? 0), scores[row], 1e-4);
                    Assert.Same(naive[row], index.VectorOf(row));
                }
            },
            iter: 500);

    [Theory]
    [InlineData("Python for data science", "Data science with Python", "Cooking for beginners")]
    [InlineData("高等数学基础", "数学分析与高等代数", "红酒品鉴入门")]
    [InlineData("statistics", "statistical thinking", "watercolour painting")]
    public void Likeness_OfTexts_FollowsTheirWords(string text, string near, string far)
    {
        using var index = new ContentIndex(FeatureRarity.Of(new[] { text, near, far }.Select(one => new FeatureBag().AddText(one, 1)), 3));
        ContentVector Of(string one) => index.Rarity.Vector(new FeatureBag().AddText(one, 1), 1000);

        Assert.True(Of(text).Likeness(Of(near)) > Of(text).Likeness(Of(far)) + 0.05f);
        Assert.Equal(1, Of(text).Likeness(Of(text)), 1e-5);
    }

    [Fact]
    public void Vector_OfATextWithoutLetters_IsEmptyAndLikeNothing()
    {
        var rarity = FeatureRarity.Of([], 0);

        Assert.Empty(rarity.Vector(new FeatureBag().AddText(" … \ud800!", 1), 10).Features);
        Assert.Equal(0, ContentVector.Empty.Likeness(ContentVector.Empty));
    }

    private static ContentVector Vector(ContentIndex index, int[] words) =>
        index.Rarity.Vector(words.Aggregate(new FeatureBag(), (bag, word) => bag.AddText(Words[word], 1)), 1000);
}
