using CsCheck;
using KpGrpc.InferenceServer.Models.Tagging.Spans;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Spans;

public sealed class TagSetTests
{
    [Fact]
    public void Of_Bioes_NamesTagsByLabel()
    {
        var tags = TagSet.Of(["b", "a", "b"], TagScheme.Bioes);

        Assert.Equal(["O", "B-a", "I-a", "E-a", "S-a", "B-b", "I-b", "E-b", "S-b"], tags.Names);
        Assert.Equal(["a", "b"], tags.Labels);
    }

    [Fact]
    public void Encode_OverlappingSpans_KeepsTheFirstAndTheLonger()
    {
        var tags = TagSet.Of(["a"], TagScheme.Bioes);

        var encoded = tags.Encode(6, [new Span(1, 2, "a"), new Span(0, 3, "a"), new Span(2, 5, "a"), new Span(5, 6, "a")]);

        Assert.Equal(["B-a", "I-a", "E-a", "O", "O", "S-a"], encoded.Select(tag => tags.Names[tag]));
    }

    [Theory]
    [InlineData(TagScheme.Bio)]
    [InlineData(TagScheme.Bioes)]
    internal void Encode_AnySpans_GiveTagsThatAreAllowedAndReadBack(TagScheme scheme) =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 2], Gen.Int[0, 1].Select(pick => pick == 0 ? "a" : "b")).List[0, 6].Sample(parts =>
        {
            var tags = TagSet.Of(["a", "b"], scheme);
            var spans = new List<Span>();
            var at = 0;
            foreach (var (length, gap, label) in parts)
            {
                spans.Add(new Span(at + gap, at + gap + length, label));
                at += gap + length;
            }

            var encoded = tags.Encode(at + 1, spans);

            Assert.True(tags.MayStart(encoded[0]) && tags.MayEnd(encoded[^1]));
            Assert.All(encoded.Zip(encoded.Skip(1)), pair => Assert.True(tags.MayFollow(pair.First, pair.Second)));
            Assert.Equal(spans, SpanReader.Read([.. encoded.Select(tag => tags[tag])]));
        });
}
