using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Spans;

public sealed class SpanAlignmentTests
{
    private static readonly TaggingTokenizer Tokenizer =
        new(new Vocabulary([.. Vocabulary.Specials, "我", "爱", "play", "##ing"]), tokensMax: 6);

    [Fact]
    public void ToTokens_SpanInsideAPiece_TakesThePiece()
    {
        var text = Tokenizer.Tokenize("我 playing爱");

        Assert.Equal([new Span(1, 2, "a"), new Span(2, 4, "b")], SpanAlignment.ToTokens(text, [new Span(3, 5, "a"), new Span(7, 10, "b")]));
    }

    [Fact]
    public void ToTokens_SpanAfterTheCut_IsLeftOut()
    {
        var text = Tokenizer.Tokenize("我我我我我我");

        Assert.Equal([new Span(3, 4, "a")], SpanAlignment.ToTokens(text, [new Span(3, 6, "a"), new Span(4, 5, "a")]));
    }

    [Fact]
    public void ToCodePoints_Tokens_GivesBackTheText()
    {
        var text = Tokenizer.Tokenize("😀 playing");

        Assert.Equal([new Span(0, 1, "a"), new Span(2, 9, "b")], SpanAlignment.ToCodePoints(text, [new Span(0, 1, "a"), new Span(1, 3, "b")]));
    }
}
