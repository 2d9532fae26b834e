using Google.Rpc;

using Grpc.Core;

using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Tests.Echo;
using KpGrpc.Testing;

using Xunit;

namespace KpGrpc.ServiceDefaults.Tests.Errors;

public sealed class ErrorInterceptorTests
{
    public static TheoryData<string> CallKinds => ["unary", "client", "server", "duplex"];

    [Theory]
    [MemberData(nameof(CallKinds))]
    public async Task Call_UnexpectedException_AnswersInternalWithRequestIdAndWithoutItsText(string kind)
    {
        await using var server = await EchoServer.StartAsync();
        server.ExpectError(EchoServer.FailureText);

        var error = await Assert.ThrowsAsync<RpcException>(() => CallAsync(server, kind, "throw"));

        Assert.Equal(StatusCode.Internal, error.StatusCode);
        Assert.DoesNotContain(EchoServer.FailureText, error.ToString(), StringComparison.Ordinal);
        var requestId = error.GetRpcStatus()?.GetDetail<RequestInfo>()?.RequestId;
        Assert.False(string.IsNullOrEmpty(requestId));
        Assert.Contains(server.Logs.Entries, entry => entry.Text.Contains(requestId, StringComparison.Ordinal) && entry.Text.Contains(EchoServer.FailureText, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CallKinds))]
    public async Task Call_DeliberateError_PassesWithItsDetails(string kind)
    {
        await using var server = await EchoServer.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => CallAsync(server, kind, "reject"));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
        Assert.Equal("w-1", error.GetRpcStatus()?.GetDetail<ResourceInfo>()?.ResourceName);
    }

    [Theory]
    [MemberData(nameof(CallKinds))]
    public async Task Call_DeadlinePasses_AnswersDeadlineExceeded(string kind)
    {
        await using var server = await EchoServer.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => CallAsync(server, kind, "wait", TimeSpan.FromMilliseconds(300)));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task Call_MethodNobodyServes_AnswersUnimplementedThatNamesIt()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new EchoService.EchoServiceClient(server.Channel);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.MissingAsync(new EchoRequest(), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
        var info = error.GetRpcStatus()?.GetDetail<ErrorInfo>();
        Assert.NotNull(info);
        Assert.Equal(ErrorReasons.NotImplemented, info.Reason);
        Assert.Equal("kp.testing.v1.EchoService", info.Metadata["service"]);
        Assert.Equal("Missing", info.Metadata["method"]);
    }

    private static async Task CallAsync(TestServer server, string kind, string behaviour, TimeSpan? limit = null)
    {
        var client = new EchoService.EchoServiceClient(server.Channel);
        var request = new EchoRequest { Behaviour = behaviour };
        var options = new CallOptions(
            deadline: limit is { } bound ? TimeProvider.System.GetUtcNow().UtcDateTime + bound : null,
            cancellationToken: TestContext.Current.CancellationToken);
        switch (kind)
        {
            case "unary":
                await client.UnaryAsync(request, options);
                break;
            case "client":
                using (var call = client.ClientStream(options))
                {
                    await call.RequestStream.WriteAsync(request, TestContext.Current.CancellationToken);
                    await call.ResponseAsync;
                }

                break;
            case "server":
                using (var call = client.ServerStream(request, options))
                {
                    await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
                }

                break;
            default:
                using (var call = client.Duplex(options))
                {
                    await call.RequestStream.WriteAsync(request, TestContext.Current.CancellationToken);
                    await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
                }

                break;
        }
    }
}
