using Google.Rpc;

using Grpc.Core;
using Grpc.Net.Client;

using KpGrpc.Functional.Tests.Stack;
using KpGrpc.Protos.Strategy.V1;

using Xunit;

namespace KpGrpc.Functional.Tests.Clients;

public sealed class UnimplementedTests(RunningServers servers)
{
    [Fact]
    public async Task FitStrategy_NotServedYet_AnswersUnimplementedThatNamesItThroughTheGateway()
    {
        using var channel = GrpcChannel.ForAddress(servers.GatewayGrpc);
        var client = new StrategyService.StrategyServiceClient(channel);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.FitStrategyAsync(new FitStrategyRequest(), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
        Assert.Equal("FitStrategy", error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Metadata["method"]);
    }
}
