using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;

namespace KpGrpc.InferenceServer.Tests.Histories;

public sealed class TextMemberTests
{
    [Theory]
    [InlineData("I want to | learn\nPython", new[] { 2, 5 })]
    [InlineData("", new[] { 1 })]
    [InlineData("只有文字", new int[0])]
    public void Encode_ThenDecode_GivesTheSame(string words, int[] fields)
    {
        var text = new LearnerText(EventKind.Declaration, words, fields, 1_700_000_000_123);
        var entry = new LearnerEvent(7, "u", "", EventKind.Declaration, text.UnixMilliseconds, null, ReadOnlyMemory<byte>.Empty) { Text = text };

        var decoded = TextMember.Decode(TextMember.Encode(entry), text.UnixMilliseconds);

        Assert.Equal((text.Kind, text.Words, text.UnixMilliseconds), (decoded!.Kind, decoded.Words, decoded.UnixMilliseconds));
        Assert.Equal(text.Fields, decoded.Fields);
    }

    [Theory]
    [InlineData("")]
    [InlineData("|")]
    [InlineData("0000000000000000000000000000000000000000 no bar")]
    public void Decode_SomethingElse_IsNull(string member) => Assert.Null(TextMember.Decode(member, 0));
}
