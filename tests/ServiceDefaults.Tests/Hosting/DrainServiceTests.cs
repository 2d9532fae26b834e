using System.Net;

using Grpc.Health.V1;

using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.ServiceDefaults.Tests.Echo;
using KpGrpc.Testing;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

using Xunit;

namespace KpGrpc.ServiceDefaults.Tests.Hosting;

public sealed class DrainServiceTests
{
    [Fact]
    public async Task Stop_DuringDrainDelay_ReportsNotReadyAndStillServes()
    {
        await using var server = await EchoServer.StartAsync("Hosting:DrainDelay=00:00:03");
        using var http = new HttpClient { BaseAddress = server.HttpAddress };
        var client = new EchoService.EchoServiceClient(server.Channel);
        var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var stopping = server.Services.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);
        await TimeLimit.UntilAsync(
            () => Task.FromResult(!server.Services.GetRequiredService<Readiness>().IsReady), "readiness to end");
        var draining = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        var alive = await http.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);
        var answer = await client.UnaryAsync(new EchoRequest { Behaviour = "ok" }, cancellationToken: TestContext.Current.CancellationToken);
        await stopping.WithinAsync("the drained stop");

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, draining.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.NotNull(answer);
    }

    [Fact]
    public async Task Stop_CallInFlight_IsAnsweredBeforeTheServerEnds()
    {
        await using var server = await EchoServer.StartAsync("Hosting:DrainTimeout=00:00:20");
        var client = new EchoService.EchoServiceClient(server.Channel);
        using var call = client.Duplex(cancellationToken: TestContext.Current.CancellationToken);
        await client.UnaryAsync(new EchoRequest { Behaviour = "ok" }, cancellationToken: TestContext.Current.CancellationToken);
        // Response headers prove that the call has reached the server and is waiting for its first message there.
        var stopping = server.Services.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);

        await call.RequestStream.WriteAsync(new EchoRequest { Behaviour = "ok" }, TestContext.Current.CancellationToken);
        var answered = await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        await call.RequestStream.CompleteAsync();
        await stopping.WithinAsync("the stop after the last call");

        Assert.True(answered);
    }

    [Fact]
    public async Task Start_HealthService_AnswersServing()
    {
        await using var server = await EchoServer.StartAsync();
        var health = new Health.HealthClient(server.Channel);

        await TimeLimit.UntilAsync(
            async () => (await health.CheckAsync(new HealthCheckRequest(), cancellationToken: TestContext.Current.CancellationToken)).Status
                == HealthCheckResponse.Types.ServingStatus.Serving,
            "the health service to say SERVING");
    }
}
