using KpGrpc.Gateway.Downstream.Balancing;
using KpGrpc.Gateway.Tests.Fakes;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Tests.Downstream.Balancing;

public sealed class BackendAddressTests
{
    [Fact]
    public void ParseList_EveryForm_IsRead()
    {
        var read = BackendAddress.ParseList("http://10.0.0.1:5181, https://b.example,dns:///inference:5181,dns+https:///c.example:443")!;
        Assert.Equal(
            [("http://10.0.0.1:5181/", false), ("https://b.example/", false), ("http://inference:5181/", true), ("https://c.example/", true)],
            read.Select(address => (address.Uri.AbsoluteUri, address.IsName)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("localhost:5181")]
    [InlineData("http://a:1,ftp://b:1")]
    [InlineData("http://a:1/path")]
    [InlineData("dns://a:1")]
    public void ParseList_AnythingElse_IsRefused(string list) => Assert.Null(BackendAddress.ParseList(list));

    [Fact]
    public async Task Start_WrongAddress_NamesTheFieldAndWhatToDo()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayFixture.StartAsync("Gateway:LedgerAddress=ledger"));
        Assert.Contains("Gateway:LedgerAddress must be addresses", refused.Message, StringComparison.Ordinal);
    }
}
