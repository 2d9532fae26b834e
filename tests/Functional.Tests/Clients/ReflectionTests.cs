using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;

using KpGrpc.Functional.Tests.Stack;

using Xunit;

namespace KpGrpc.Functional.Tests.Clients;

/// <summary>What grpcurl sees.</summary>
public sealed class ReflectionTests(RunningServers servers)
{
    private static readonly string[] Services = [.. Contract.Services.Select(service => service.FullName)];

    [Fact]
    public async Task ListServices_OnTheGateway_NamesTheWholeContractAndHealth()
    {
        var listed = await ListAsync(servers.GatewayGrpc);

        Assert.NotEmpty(Services);
        Assert.All([.. Services, "grpc.health.v1.Health"], service => Assert.Contains(service, listed));
    }

    [Fact]
    public async Task ListServices_OnTheServersBehind_NamesTheRestOfTheContractBetweenThem()
    {
        var behind = (await ListAsync(servers.LedgerGrpc)).Concat(await ListAsync(servers.InferenceGrpc)).ToArray();

        string[] facades = ["kp.learner.v1.LearnerService", "kp.partner.v1.PartnerService"];
        Assert.All(Services.Except(facades), service => Assert.Contains(service, behind));
    }

    private static async Task<string[]> ListAsync(Uri address)
    {
        using var channel = GrpcChannel.ForAddress(address);
        using var call = new ServerReflection.ServerReflectionClient(channel)
            .ServerReflectionInfo(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20), cancellationToken: TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, TestContext.Current.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await call.RequestStream.CompleteAsync();
        return [.. call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name)];
    }
}
