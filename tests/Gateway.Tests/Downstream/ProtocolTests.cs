using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using Grpc.Reflection.V1;

using KpGrpc.Gateway.Downstream;
using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Strategy.V1;
using KpGrpc.Testing;

namespace KpGrpc.Gateway.Tests.Downstream;

public sealed class ProtocolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reflection_ListServices_NamesTheWholeContract()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var client = new ServerReflection.ServerReflectionClient(fixture.Gateway.Channel);
        using var call = client.ServerReflectionInfo(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = string.Empty }, Cancel);
        Assert.True(await call.ResponseStream.MoveNext(Cancel).WithinAsync("the list"));
        var listed = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToHashSet();
        await call.RequestStream.CompleteAsync();

        var compiled = typeof(LearnerService).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor")?.PropertyType == typeof(Google.Protobuf.Reflection.ServiceDescriptor)
                ? ((Google.Protobuf.Reflection.ServiceDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!).FullName
                : null)
            .OfType<string>()
            .ToArray();
        Assert.Equal(compiled.Order(), Contract.Services.Select(entry => entry.Service.FullName).Order());
        Assert.Superset(compiled.Append("grpc.health.v1.Health").ToHashSet(), listed);
    }

    [Theory]
    [InlineData(GrpcWebMode.GrpcWeb)]
    [InlineData(GrpcWebMode.GrpcWebText)]
    public async Task GrpcWeb_GetHomeAndPassthrough_AnswerAsNativeOnesDo(GrpcWebMode mode)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        using var handler = new GrpcWebHandler(mode, new HttpClientHandler());
        using var channel = GrpcChannel.ForAddress(
            fixture.Gateway.HttpAddress,
            new GrpcChannelOptions { HttpHandler = handler, HttpVersion = HttpVersion.Version11, HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact });

        var home = await new LearnerService.LearnerServiceClient(channel)
            .GetHomeAsync(new GetHomeRequest { LearnerId = "alice" }, cancellationToken: Cancel).ResponseAsync.WithinAsync("the feed");
        Assert.Equal(3, home.Items.Count);

        var catalogue = new CatalogService.CatalogServiceClient(channel);
        var work = await catalogue.GetWorkAsync(new GetWorkRequest { WorkId = "w-1" }, cancellationToken: Cancel).ResponseAsync.WithinAsync("the work");
        Assert.Equal("w-1", work.Work.WorkId);

        // Larger than every buffer on the way.
        fixture.Inference.AddWork("w-long", new string('x', 100_001), "长", 1);
        var large = await catalogue.GetWorkAsync(new GetWorkRequest { WorkId = "w-long" }, cancellationToken: Cancel).ResponseAsync.WithinAsync("the large work");
        Assert.Equal(fixture.Inference.Works["w-long"], large.Work);
        var missing = await Assert.ThrowsAsync<RpcException>(() => catalogue.GetWorkAsync(new GetWorkRequest { WorkId = "no" }, cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, missing.StatusCode);

        await fixture.TopUpAsync("alice", 100, Cancel);
        using var watch = new LedgerService.LedgerServiceClient(channel).WatchEntries(new WatchEntriesRequest(), cancellationToken: Cancel);
        var entries = 0;
        while (await watch.ResponseStream.MoveNext(Cancel).WithinAsync("the next entry"))
        {
            entries += watch.ResponseStream.Current.Entries.Count;
        }

        Assert.Equal(2, entries);
    }

    [Fact]
    public async Task Json_GetHomeAndFault_AreReadable()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        var home = await http.GetFromJsonAsync<JsonElement>("/v1/learners/alice/home?language_tag=zh", Cancel);
        Assert.Equal("睡个好觉", home.GetProperty("items")[0].GetProperty("work").GetProperty("title").GetString());
        // The proto3 JSON mapping writes an int64 as a string: JavaScript would round it.
        Assert.Equal("1000", home.GetProperty("items")[0].GetProperty("work").GetProperty("price").GetProperty("minorUnits").GetString());

        using var bad = await http.GetAsync(new Uri("/v1/learners/alice/home?count=101", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("count", await bad.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_BodyOverTheMessageLimit_IsRefusedUnread()
    {
        await using var fixture = await GatewayFixture.StartAsync("Hosting:MessageBytesMax=2048");
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        using var body = new StringContent($$"""{"paymentToken":"{{new string('x', 4_096)}}"}""", System.Text.Encoding.UTF8, "application/json");

        using var answer = await http.PostAsync(new Uri("/v1/learners/alice/wallet:topUp", UriKind.Relative), body, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("2048 bytes", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passthrough_NativeCalls_KeepStatusAndDetails()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        var found = await new CatalogService.CatalogServiceClient(fixture.Gateway.Channel).SearchWorksAsync(new SearchWorksRequest(), cancellationToken: Cancel);
        Assert.Equal(3, found.Hits.Count);
        var status = await new LedgerService.LedgerServiceClient(fixture.Gateway.Channel).GetStatusAsync(new GetStatusRequest { LedgerId = "main" }, cancellationToken: Cancel);
        Assert.Equal("main", status.LedgerId);
        var unserved = await Assert.ThrowsAsync<RpcException>(
            () => new StrategyService.StrategyServiceClient(fixture.Gateway.Channel).FitStrategyAsync(new FitStrategyRequest(), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.Unimplemented, unserved.StatusCode);
        var refund = await Assert.ThrowsAsync<RpcException>(() => fixture.Learner.RefundAsync(new RefundRequest(), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.Unimplemented, refund.StatusCode);
        Assert.Contains("LearnerService/Refund", refund.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passthrough_ServerGone_IsUnavailableWithRetryInfo()
    {
        await using var fixture = await GatewayFixture.StartAsync("Gateway:LedgerAddress=http://127.0.0.1:1");
        var gone = await Assert.ThrowsAsync<RpcException>(
            () => new LedgerService.LedgerServiceClient(fixture.Gateway.Channel).GetStatusAsync(new GetStatusRequest(), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, gone.StatusCode);
        Assert.NotNull(gone.GetRpcStatus()?.GetDetail<Google.Rpc.RetryInfo>());
    }

    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("https://evil.example", false)]
    public async Task Cors_Preflight_AllowsTheConfiguredOriginAlone(string origin, bool allowed)
    {
        await using var fixture = await GatewayFixture.StartAsync("Gateway:CorsOrigins:0=https://app.example");
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        foreach (var path in (string[])["/kp.learner.v1.LearnerService/GetHome", "/kp.catalog.v1.CatalogService/GetWork"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "content-type,x-grpc-web");
            using var answer = await http.SendAsync(request, Cancel);
            Assert.Equal(allowed, answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }
}
