using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;

namespace KpGrpc.InferenceServer.Tests.Histories;

public sealed class HistoryMemberTests
{
    [Theory]
    [InlineData((byte)6, 0.25, "000000000000000000000000000000ff060.250work-1")]
    [InlineData((byte)14, null, "000000000000000000000000000000ff14-----work-1")]
    public void Encode_GoldenEvent_IsTheDocumentedText(byte kind, double? value, string expected)
    {
        var member = HistoryMember.Encode(new LearnerEvent(255, "u", "work-1", (EventKind)kind, 7, value, new byte[] { 1 }));

        Assert.Equal(expected, member);
        Assert.Equal(new HistoryEntry("work-1", (EventKind)kind, 7, value), HistoryMember.Decode(member, 7));
    }
}
