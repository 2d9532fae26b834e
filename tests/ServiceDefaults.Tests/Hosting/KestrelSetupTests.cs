using Google.Protobuf;

using Grpc.Core;

using KpGrpc.ServiceDefaults.Tests.Echo;

using Xunit;

namespace KpGrpc.ServiceDefaults.Tests.Hosting;

public sealed class KestrelSetupTests
{
    [Fact]
    public async Task Unary_MessageOverTheLimit_AnswersResourceExhausted()
    {
        await using var server = await EchoServer.StartAsync("Hosting:MessageBytesMax=2048");
        var client = new EchoService.EchoServiceClient(server.Channel);
        var request = new EchoRequest { Behaviour = "ok", Ballast = ByteString.CopyFrom(new byte[4_096]) };

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync(request, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task Metrics_AfterACall_AreServedOnTheHttpPort()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);
        await client.UnaryAsync(new EchoRequest { Behaviour = "ok" }, cancellationToken: TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = server.HttpAddress };

        var text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("http_server_request_duration_seconds", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unary_HeadersOverTheLimit_AreRefusedAndTheServerLives()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);
        var bomb = new Metadata { { "x-bomb", new string('a', 100_000) } };

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync(new EchoRequest { Behaviour = "ok" }, bomb, cancellationToken: TestContext.Current.CancellationToken));
        var after = await client.UnaryAsync(new EchoRequest { Behaviour = "ok" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEqual(StatusCode.OK, error.StatusCode);
        Assert.NotNull(after);
    }
}
