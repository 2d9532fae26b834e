using KpGrpc.Gateway.Downstream;

namespace KpGrpc.Gateway.Tests.Downstream;

public sealed class GrpcMessageTests
{
    [Theory]
    [InlineData("the ledger is away; try again: a/b, c?", "the ledger is away; try again: a/b, c?")]
    [InlineData("100 %", "100 %25")]
    [InlineData("课\n", "%E8%AF%BE%0A")]
    public void Encode_Text_EscapesOnlyWhatTheProtocolDemands(string message, string expected) =>
        Assert.Equal(expected, GrpcMessage.Encode(message));
}
