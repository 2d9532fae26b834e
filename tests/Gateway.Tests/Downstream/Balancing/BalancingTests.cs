using System.Net;
using System.Net.Sockets;

using Grpc.Core;

using KpGrpc.Gateway.Downstream;
using KpGrpc.Gateway.Downstream.Balancing;
using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Testing;

using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.Gateway.Tests.Downstream.Balancing;

/// <summary>Two inference servers of which one dies, hangs or says UNAVAILABLE.</summary>
public sealed class BalancingTests
{
    private static readonly string[] Quick =
    [
        "Gateway:Downstream:EjectionFirst=00:00:00.200",
        "Gateway:Downstream:EjectionMax=00:00:00.500",
        "Gateway:Downstream:SilenceMax=00:00:00.300",
        "Gateway:Cache:ProfileFresh=00:00:00",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_OneDies_NoCallFailsAndItComesBack()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var other = new FakeInference();
        var server = await GatewayFixture.StartInferenceAsync(other);
        var port = server.GrpcAddress.Port;
        await RestartAsync(fixture, server.GrpcAddress.AbsoluteUri);
        await BothAnswerAsync(fixture);

        await server.DisposeAsync();
        for (var call = 0; call < 100; call++)
        {
            Assert.Equal(3, await HitsAsync(fixture));
            await fixture.Learner.GetProfileAsync(new GetProfileRequest { LearnerId = "alice" }, cancellationToken: Cancel);
        }

        server = await GatewayFixture.StartInferenceAsync(other, port);
        await BothAnswerAsync(fixture);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Send_OneSaysUnavailable_LeavesAfterSomeFailuresAndComesBack()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var other = new FakeInference();
        await using var server = await GatewayFixture.StartInferenceAsync(other);
        await RestartAsync(fixture, server.GrpcAddress.AbsoluteUri, "Gateway:Downstream:EjectionFirst=00:00:30", "Gateway:Downstream:EjectionMax=00:00:30");
        await BothAnswerAsync(fixture);

        other.IsAway = true;
        var failed = 0;
        while (Pool(fixture).Backends.All(backend => backend.Health.IsHealthy))
        {
            // The pass-through does not try again: it knows nothing of what it carries.
            failed += await FailsAsync(fixture) ? 1 : 0;
            Assert.InRange(failed, 0, 5);
        }

        for (var call = 0; call < 50; call++)
        {
            Assert.False(await FailsAsync(fixture));
        }

        other.IsAway = false;
        Pool(fixture).Backends.Single(backend => !backend.Health.IsHealthy).Health.Probed(well: true);
        await BothAnswerAsync(fixture);
    }

    [Fact]
    public async Task Send_OneSaysUnavailable_ReadsOfTheGatewayItselfDoNotFail()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var other = new FakeInference { IsAway = true };
        await using var server = await GatewayFixture.StartInferenceAsync(other);
        await RestartAsync(fixture, server.GrpcAddress.AbsoluteUri);
        for (var call = 0; call < 50; call++)
        {
            await fixture.Learner.SearchAsync(new SearchRequest { LearnerId = "alice" }, cancellationToken: Cancel);
        }
    }

    [Fact]
    public async Task Send_OneSaysNothing_WhoWaitsForItIsAnsweredByTheOther()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        // The system takes connections in its name, and nobody ever reads from them: what a stopped process looks like.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await RestartAsync(fixture, $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", "Gateway:Downstream:ProbeTimeout=00:00:00.300");

        var calls = Enumerable.Range(0, 20).Select(_ => fixture.Learner.SearchAsync(new SearchRequest { LearnerId = "alice" }, cancellationToken: Cancel).ResponseAsync);
        await Task.WhenAll(calls).WithinAsync("all answers, of those who met the silent one, too", TimeSpan.FromSeconds(8));
        Assert.Single(Pool(fixture).Backends, backend => !backend.Health.IsHealthy);
        for (var call = 0; call < 50; call++)
        {
            Assert.Equal(3, await HitsAsync(fixture));
        }
    }

    [Fact]
    public async Task Send_AllAreGone_CallsFailAtOnceUntilOneIsBack()
    {
        await using var fixture = await GatewayFixture.StartAsync(Quick);
        fixture.Inference.IsAway = true;
        await TimeLimit.UntilAsync(async () => await FailsAsync(fixture) && Pool(fixture).IsOpen, "an open breaker");
        fixture.Inference.IsAway = false;
        await TimeLimit.UntilAsync(async () => !await FailsAsync(fixture), "an answer", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Send_OneHangsAndHedging_TheOtherAnswers()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var other = new FakeInference { HoldProfiles = hold };
        await using var server = await GatewayFixture.StartInferenceAsync(other);
        await RestartAsync(fixture, server.GrpcAddress.AbsoluteUri, "Gateway:Downstream:HedgeAfter=00:00:00.050");
        for (var call = 0; call < 10; call++)
        {
            await fixture.Learner.GetProfileAsync(new GetProfileRequest { LearnerId = $"learner-{call}" }, cancellationToken: Cancel)
                .ResponseAsync.WithinAsync("the other's answer", TimeSpan.FromSeconds(5));
        }

        Assert.True(other.ProfileReads > 0);
        hold.SetResult();
    }

    [Fact]
    public async Task LookUp_NameWithSeveralAddresses_IsAnsweredByThoseThatAreThere()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await fixture.RestartGatewayAsync([.. Quick, $"Gateway:InferenceAddress=dns:///localhost:{fixture.InferenceAddress.Port}"]);
        for (var call = 0; call < 20; call++)
        {
            Assert.Equal(3, await HitsAsync(fixture));
        }

        Assert.All(Pool(fixture).Backends, backend => Assert.NotNull(backend.Dial));
    }

    [Fact]
    public async Task EjectSlow_FarSlowerThanTheFastest_LeavesOneInAnyCase()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        await RestartAsync(fixture, "http://127.0.0.1:1");
        var pool = Pool(fixture);
        for (var answer = 0; answer < 20; answer++)
        {
            pool.Backends[0].Health.Succeeded(TimeSpan.FromMilliseconds(10));
            pool.Backends[1].Health.Succeeded(TimeSpan.FromSeconds(1));
        }

        pool.EjectSlow();
        pool.EjectSlow();
        Assert.Equal([true, false], pool.Backends.Select(backend => backend.Health.IsHealthy));
    }

    private static Task RestartAsync(GatewayFixture fixture, string other, params string[] more) =>
        fixture.RestartGatewayAsync([.. Quick, $"Gateway:InferenceAddress={fixture.InferenceAddress},{other}", .. more]);

    private static BackendPool Pool(GatewayFixture fixture) => fixture.Gateway.Services.GetRequiredService<BackendPools>().Of(Destination.Inference);

    // The first server has three works, the other none: the answer says who gave it.
    private static async Task<int> HitsAsync(GatewayFixture fixture) =>
        (await new CatalogService.CatalogServiceClient(fixture.Gateway.Channel)
            .SearchWorksAsync(new SearchWorksRequest(), cancellationToken: Cancel).ResponseAsync.WithinAsync("a search")).Hits.Count;

    private static async Task<bool> FailsAsync(GatewayFixture fixture)
    {
        try
        {
            await HitsAsync(fixture);
            return false;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
        {
            return true;
        }
    }

    private static async Task BothAnswerAsync(GatewayFixture fixture)
    {
        var seen = new HashSet<int>();
        await TimeLimit.UntilAsync(async () => seen.Add(await HitsAsync(fixture)) && seen.Count == 2, "answers of both");
    }
}
