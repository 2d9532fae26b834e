using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Models.Tagging.Training;
using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Training;

public sealed class MentionSwapTests
{
    private static readonly TaggedText[] Texts =
    [
        new("😀浙商银行的叶老桂说", [new Span(1, 5, "company"), new Span(6, 9, "name")]),
        new("𠀀去了", [new Span(0, 1, "name")]),
    ];

    [Fact]
    public void Apply_AllMentions_KeepsTheContextAndMovesTheSpans()
    {
        var swap = new MentionSwap(Texts);
        var seen = new HashSet<string>();
        for (var round = 0; round < 50; round++)
        {
            var swapped = swap.Apply(Texts[0], 1, new SeededRandom(1, "test", round));
            seen.Add(swapped.Text);
            var name = swapped.Spans[1];

            Assert.Equal(new Span(1, 5, "company"), swapped.Spans[0]);
            Assert.Equal((6, swapped.Text.EnumerateRunes().Count() - 1), (name.Start, name.End));
        }

        Assert.Equal(["😀浙商银行的叶老桂说", "😀浙商银行的𠀀说"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Apply_ShareOfZero_GivesTheTextItself() => Assert.Same(Texts[0], new MentionSwap(Texts).Apply(Texts[0], 0, new SeededRandom(1, "test", 0)));

    [Fact]
    public void Apply_OverlappingMentions_KeepsTheFirst()
    {
        var text = new TaggedText("abcd", [new Span(1, 3, "x"), new Span(0, 2, "x")]);

        var swapped = new MentionSwap([text]).Apply(text, 0.0001, new SeededRandom(1, "test", 0));

        Assert.Equal("abcd", swapped.Text);
        Assert.Equal([new Span(0, 2, "x")], swapped.Spans);
    }
}
