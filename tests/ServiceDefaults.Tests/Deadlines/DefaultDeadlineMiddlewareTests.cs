using Grpc.Core;

using KpGrpc.ServiceDefaults.Tests.Echo;

using Xunit;

namespace KpGrpc.ServiceDefaults.Tests.Deadlines;

public sealed class DefaultDeadlineMiddlewareTests
{
    [Fact]
    public async Task Unary_NoDeadlineFromTheClient_GetsTheDefault()
    {
        await using var server = await EchoServer.StartAsync("Hosting:DeadlineDefault=00:00:01");
        var client = new EchoService.EchoServiceClient(server.Channel);

        var answer = await client.UnaryAsync(new EchoRequest { Behaviour = "ok" }, cancellationToken: TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync(new EchoRequest { Behaviour = "wait" }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.True(answer.HasDeadline);
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task ServerStream_NoDeadlineFromTheClient_HasNone()
    {
        await using var server = await EchoServer.StartAsync("Hosting:DeadlineDefault=00:00:01");
        var client = new EchoService.EchoServiceClient(server.Channel);

        using var call = client.ServerStream(new EchoRequest { Behaviour = "ok" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.False(call.ResponseStream.Current.HasDeadline);
    }
}
