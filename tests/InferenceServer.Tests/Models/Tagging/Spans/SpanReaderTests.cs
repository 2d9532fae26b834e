using KpGrpc.InferenceServer.Models.Tagging.Spans;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Spans;

public sealed class SpanReaderTests
{
    [Theory]
    [InlineData("B-a I-a O B-a", "0-2:a 3-4:a")]
    [InlineData("I-a I-a O I-b", "0-2:a 3-4:b")]
    [InlineData("B-a B-a I-a", "0-1:a 1-3:a")]
    [InlineData("B-a I-b", "0-1:a 1-2:b")]
    [InlineData("B-a M-a E-a S-b", "0-3:a 3-4:b")]
    [InlineData("B_a L_a U_b", "0-2:a 2-3:b")]
    [InlineData("E-a I-a", "0-1:a 1-2:a")]
    [InlineData("noun noun O verb", "0-2:noun 3-4:verb")]
    [InlineData("O O", "")]
    public void Read_TagsOfEveryScheme_GivesMentions(string tags, string spans) =>
        Assert.Equal(spans, string.Join(' ', SpanReader.Read([.. tags.Split(' ').Select(Tag.Parse)]).Select(span => $"{span.Start}-{span.End}:{span.Label}")));
}
