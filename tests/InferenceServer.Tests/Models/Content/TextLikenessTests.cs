using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Models.Content;
using KpGrpc.InferenceServer.Tests.Catalog;

namespace KpGrpc.InferenceServer.Tests.Models.Content;

public sealed class TextLikenessTests
{
    private const string Description = "Limits, derivatives and integrals, with one hundred worked examples and the proofs that matter.";

    private static readonly Work Calculus = SomeWorks.Of("calculus", "Calculus from scratch", Description);

    [Theory]
    [InlineData(Description)]
    [InlineData("limits — DERIVATIVES and integrals; with one hundred worked examples, and the proofs that matter")]
    [InlineData("Calculus from scratch: " + Description)]
    public void Of_TheSameLetters_IsOne(string text) => Assert.Equal(1, Of(text, Calculus));

    [Theory]
    [InlineData("Limits, derivatives and integrals, with two hundred worked examples and the proofs that matter.", 0.7, 0.9999)]
    [InlineData("Calculus from scratch", 0.0, 0.9)]
    [InlineData("How to bake bread at home", 0.0, 0.2)]
    public void Of_OtherLetters_IsBelowOneAndFollowsWhatIsShared(string text, double least, double most) =>
        Assert.InRange(Of(text, Calculus), least, most);

    [Fact]
    public void Of_AWorkInTwoLanguages_FindsEither()
    {
        var both = SomeWorks.Of("both", $"Calculus{SearchText.Separator}微积分", $"{Description}{SearchText.Separator}极限、导数与积分。");

        Assert.Equal(1, Of("极限 导数 与 积分", both));
        Assert.Equal(1, Of($"Calculus {Description}", both));
    }

    [Fact]
    public void Of_AWorkWithoutDescription_ComparesTitles() => Assert.Equal(1, Of("calculus", SomeWorks.Of("c", "Calculus")));

    private static float Of(string text, Work work) =>
        new TextLikeness(text, FeatureRarity.Of([WorkFeatures.Of(work, new ContentOptions())], 1)).Of(work);
}
