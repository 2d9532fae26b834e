using System.Collections.Concurrent;
using System.Security.Cryptography;

using Google.Protobuf;

using Grpc.Core;
using Grpc.Core.Interceptors;

using KpGrpc.Gateway.Security.Tokens.Development;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.ServiceDefaults;
using KpGrpc.Testing;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>The Gateway's production composition in front of two servers that are not there.</summary>
public sealed class GatewayFixture : IAsyncDisposable
{
    private readonly TemporaryDirectory folder = new();
    private TestServer? inferenceServer;
    private TestServer? ledgerServer;
    private TestServer? gateway;
    private Action<WebApplicationBuilder> configure = _ => { };
    private readonly List<TestServer> others = [];

    /// <summary>Gets the fake ledger.</summary>
    public FakeLedger Ledger { get; } = new();

    /// <summary>Gets the fake inference server.</summary>
    public FakeInference Inference { get; } = new();

    /// <summary>Gets the paths and the names of all headers that came to a server behind the Gateway.</summary>
    public ConcurrentBag<string> SeenBehind { get; } = [];

    /// <summary>Gets the Gateway.</summary>
    public TestServer Gateway => gateway!;

    /// <summary>Gets a client of the learner's door.</summary>
    public LearnerService.LearnerServiceClient Learner => new(Gateway.Channel);

    public static Task<GatewayFixture> StartAsync(params string[] settings) => StartAsync(_ => { }, settings);

    /// <summary>Starts a Gateway that lets nobody in without credentials.</summary>
    public static Task<GatewayFixture> StartLockedAsync(params string[] settings) => StartAsync(["Gateway:AllowAnonymous=false", .. settings]);

    public static async Task<GatewayFixture> StartAsync(Action<WebApplicationBuilder> configure, params string[] settings)
    {
        var fixture = new GatewayFixture { configure = configure };
        fixture.Inference.AddWork("w-1", "Sleep well", "睡个好觉", 1_000);
        fixture.Inference.AddWork("w-2", "Budgeting", "家庭预算", 2_000);
        fixture.Inference.AddWork("w-3", "Calligraphy", "书法入门", 0);
        (fixture.Ledger.Prices["w-1"], fixture.Ledger.Prices["w-2"], fixture.Ledger.Prices["w-3"]) = (1_000, 2_000, 0);
        fixture.inferenceServer = await TestServer.StartAsync((args, configure) => BuildInference(args, configure, fixture.Inference, fixture.SeenBehind));
        fixture.ledgerServer = await TestServer.StartAsync(fixture.BuildLedger);
        await fixture.StartGatewayAsync(settings);
        return fixture;
    }

    /// <summary>Stops the Gateway and starts it again over the same files.</summary>
    public async Task RestartGatewayAsync(params string[] settings)
    {
        await Gateway.DisposeAsync();
        await StartGatewayAsync(settings);
    }

    /// <summary>A token of the Gateway's own development issuer.</summary>
    public string Token(string subject, params string[] roles) => Gateway.Services.GetRequiredService<DevelopmentIssuer>().Issue(subject, roles);

    /// <summary>Calls with a token.</summary>
    public CallInvoker With(string token) => WithHeader("authorization", $"Bearer {token}");

    /// <summary>Calls as somebody with roles.</summary>
    public CallInvoker As(string subject, params string[] roles) => With(Token(subject, roles));

    /// <summary>Calls with a header of any kind.</summary>
    public CallInvoker WithHeader(string name, string value) => Gateway.Channel.Intercept(metadata =>
    {
        metadata.Add(name, value);
        return metadata;
    });

    /// <summary>A path in the fixture's own folder.</summary>
    public string PathOf(string name) => folder.Combine(name);

    /// <summary>Says that the test sends what the fake ledger cannot digest.</summary>
    public void ExpectErrorsOfTheLedger() => ledgerServer!.ExpectError("failed, request id");

    /// <summary>Starts another Gateway over the same files and in front of the same servers; stopped with the fixture.</summary>
    public async Task<TestServer> StartAnotherAsync(params string[] settings)
    {
        var other = await TestServer.StartAsync(GatewayHost.Build, Settings([$"Audit:Path={folder.Combine($"audit-{others.Count}.jsonl")}", .. settings]));
        others.Add(other);
        return other;
    }

    /// <summary>Starts another inference server beside the first; whoever starts it stops it.</summary>
    /// <param name="state">What it knows.</param>
    /// <param name="port">Its gRPC port; 0: any.</param>
    public static Task<TestServer> StartInferenceAsync(FakeInference state, int port = 0) => TestServer.StartAsync(
        (args, configure) => BuildInference(args, configure, state, []), [$"Hosting:GrpcPort={port}"]);

    /// <summary>Gets the address of the first inference server.</summary>
    public Uri InferenceAddress => inferenceServer!.GrpcAddress;

    /// <summary>Records that a learner viewed a work, through a Gateway.</summary>
    public static async Task ViewAsync(TestServer gateway, string learnerId, string workId, CancellationToken cancellationToken)
    {
        using var call = new EventService.EventServiceClient(gateway.Channel).RecordEvents(cancellationToken: cancellationToken);
        var view = new Event
        {
            EventId = NewKey(),
            LearnerId = learnerId,
            WorkId = workId,
            Kind = EventKind.View,
            OccurredAt = new Timestamp { Seconds = 1_700_000_000 },
        };
        await call.RequestStream.WriteAsync(new RecordEventsRequest { Events = { view } }, cancellationToken);
        await call.RequestStream.CompleteAsync();
        Assert.Equal(1u, (await call.ResponseAsync.WithinAsync("the acknowledgement")).Accepted);
    }

    /// <summary>A random idempotency key.</summary>
    public static ByteString NewKey() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));

    /// <summary>Pays into a learner's wallet.</summary>
    public Task<TopUpResponse> TopUpAsync(string learnerId, long minorUnits, CancellationToken cancellationToken) =>
        Learner.TopUpAsync(
            new TopUpRequest { IdempotencyKey = NewKey(), LearnerId = learnerId, Amount = FakeLedger.Yuan(minorUnits) },
            cancellationToken: cancellationToken).ResponseAsync;

    /// <summary>A request to buy.</summary>
    public static PurchaseRequest Buy(string learnerId, string workId, long price, ByteString? key = null) => new()
    {
        IdempotencyKey = key ?? NewKey(),
        LearnerId = learnerId,
        WorkId = workId,
        ExpectedPrice = FakeLedger.Yuan(price),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var other in others)
        {
            await other.DisposeAsync();
        }

        await Gateway.DisposeAsync();
        await inferenceServer!.DisposeAsync();
        await ledgerServer!.DisposeAsync();
        folder.Dispose();
    }

    private async Task StartGatewayAsync(string[] settings) => gateway = await TestServer.StartAsync(GatewayHost.Build, Settings(settings), configure);

    private string[] Settings(string[] settings) =>
        [
            "environment=Development",
            $"Gateway:InferenceAddress={inferenceServer!.GrpcAddress}",
            $"Gateway:LedgerAddress={ledgerServer!.GrpcAddress}",
            $"Gateway:PseudonymKeyPath={folder.Combine("pseudonym.key")}",
            $"Gateway:PlatformKeyPath={KeyFile("platform.key")}",
            $"Gateway:ProviderKeyPath={KeyFile("payment-provider.key")}",
            $"Redis:EmbeddedDirectory={folder.Combine("redis")}",
            "Redis:EmbeddedMemoryMebibytes=32",
            "Gateway:Cache:WorkFresh=00:00:00",
            "Gateway:Cache:PopularRefresh=00:00:01",
            // The machine that runs tests is slow, and none of these tests is about the bound.
            "Gateway:Cache:Timeout=00:00:02",
            "Gateway:EventDeadline=00:00:05",
            $"Audit:Path={folder.Combine("audit.jsonl")}",
            // Tests call as fast as they can.
            "Limits:CallsPerSecond=1000000",
            // Most tests are not about who calls; those that are lock the door.
            "Gateway:AllowAnonymous=true",
            .. settings,
        ];

    private string KeyFile(string name)
    {
        var path = folder.Combine(name);
        if (!File.Exists(path))
        {
            DevelopmentKeys.Write(path, Path.GetFileNameWithoutExtension(name));
        }

        return path;
    }

    private static WebApplication BuildInference(string[] args, Action<WebApplicationBuilder> configure, FakeInference state, ConcurrentBag<string> seen) => Build(args, configure, "fake-inference", state, seen, app =>
    {
        app.MapGrpcService<FakeCatalogService>();
        app.MapGrpcService<FakeRecommendationService>();
        app.MapGrpcService<FakeProfileService>();
        app.MapGrpcService<FakeEventService>();
    });

    private WebApplication BuildLedger(string[] args, Action<WebApplicationBuilder> configure) => Build(args, configure, "fake-ledger", Ledger, SeenBehind, app =>
    {
        app.MapGrpcService<FakeLedgerService>();
        app.MapGrpcService<FakeCopyrightService>();
        app.MapGrpcService<FakePaymentService>();
    });

    private static WebApplication Build<TState>(
        string[] args, Action<WebApplicationBuilder> configure, string name, TState state, ConcurrentBag<string> seen, Action<WebApplication> map)
        where TState : class
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults(name, 0, 0);
        builder.Services.AddSingleton(state);
        configure(builder);
        var app = builder.BuildValidated();
        app.Use((context, next) =>
        {
            seen.Add(context.Request.Path);
            foreach (var header in context.Request.Headers.Keys)
            {
                seen.Add(header.ToLowerInvariant());
            }

            return next(context);
        });
        app.MapServiceDefaults();
        map(app);
        return app;
    }
}
