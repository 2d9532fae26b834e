using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;

using KpGrpc.Gateway.Security.Callers;
using KpGrpc.Gateway.Security.Policies;
using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Testing;

namespace KpGrpc.Gateway.Tests.Services.Access;

public sealed class DoorMiddlewareTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryMethod_EveryRoleAndNone_IsLetInOrRefusedAsTheTableSays()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        fixture.ExpectErrorsOfTheLedger();
        var rows = PolicyTable.Rows.ToDictionary(row => $"{row.Service}/{row.Method}");
        var faults = new List<string>();
        var (let, refused) = (0, 0);
        foreach (var method in RawCalls.Methods)
        {
            var row = rows[$"{method.Service.FullName}/{method.Name}"];
            var stranger = await fixture.Gateway.Channel.CreateCallInvoker().StatusAsync(method, null, Cancel);
            faults.AddRange(stranger.Code == StatusCode.Unauthenticated ? [] : [$"{method.FullName} without credentials: {stranger}"]);
            foreach (var role in RoleNames.Each)
            {
                var status = await fixture.As("alice", NameOf(role)).StatusAsync(method, null, Cancel);
                var allowed = row.Roles.HasFlag(role);
                (let, refused) = allowed ? (let + 1, refused) : (let, refused + 1);
                if (allowed ? status.Code is StatusCode.PermissionDenied or StatusCode.Unauthenticated : status.Code != StatusCode.PermissionDenied || status.Reason != "ROLE_NOT_ALLOWED")
                {
                    faults.Add($"{method.FullName} as {role}: {status}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(let > 100 && refused > 100, $"let in {let}, refused {refused}");
    }

    [Fact]
    public async Task HealthAndReflection_WithoutCredentials_Answer()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var health = await new Health.HealthClient(fixture.Gateway.Channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Cancel);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/metrics", UriKind.Relative), Cancel)).StatusCode);
        http.DefaultRequestHeaders.Add("authorization", $"Bearer {fixture.Token("op", "operator")}");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/metrics", UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task Denial_WrongRole_SaysWhichRoleWouldDo()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var denied = await Assert.ThrowsAsync<RpcException>(() =>
            new CatalogService.CatalogServiceClient(fixture.As("alice", "learner")).DeleteWorksAsync(new DeleteWorksRequest(), cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.PermissionDenied, denied.StatusCode);
        Assert.Equal("kp.catalog.v1.CatalogService/DeleteWorks needs one of the roles: operator, service; the caller has: learner", denied.Status.Detail);
    }

    [Theory]
    [InlineData(GrpcWebMode.GrpcWeb)]
    [InlineData(GrpcWebMode.GrpcWebText)]
    public async Task GrpcWeb_NobodyWrongRoleAndRightRole_GetTheirStatus(GrpcWebMode mode)
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        using var handler = new GrpcWebHandler(mode, new HttpClientHandler());
        using var channel = GrpcChannel.ForAddress(
            fixture.Gateway.HttpAddress,
            new GrpcChannelOptions { HttpHandler = handler, HttpVersion = HttpVersion.Version11, HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact });

        foreach (var method in RawCalls.Methods.Where(method => method.FullName is "kp.learner.v1.LearnerService.GetHome" or "kp.catalog.v1.CatalogService.DeleteWorks" or "kp.ledger.v1.LedgerService.WatchEntries"))
        {
            Assert.Equal(StatusCode.Unauthenticated, (await channel.CreateCallInvoker().StatusAsync(method, null, Cancel)).Code);
            Assert.Equal((StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED"), (await As("auntie", "partner:p").StatusAsync(method, null, Cancel)) is var denied ? (denied.Code, denied.Reason) : default);
        }

        var home = await new LearnerService.LearnerServiceClient(As("alice", "learner")).GetHomeAsync(new GetHomeRequest(), cancellationToken: Cancel);
        Assert.Equal(3, home.Items.Count);

        CallInvoker As(string subject, string role) => channel.Intercept(metadata =>
        {
            metadata.Add("authorization", $"Bearer {fixture.Token(subject, role)}");
            return metadata;
        });
    }

    [Fact]
    public async Task Json_NobodyWrongRoleAndRightRole_GetTheirStatus()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        using var http = new HttpClient { BaseAddress = fixture.Gateway.HttpAddress };
        var home = new Uri("/v1/learners/alice/home", UriKind.Relative);

        using var nobody = await http.GetAsync(home, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal("Bearer", nobody.Headers.WwwAuthenticate.ToString());
        var status = await nobody.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(16, status.GetProperty("code").GetInt32());
        Assert.Equal("CREDENTIALS_MISSING", status.GetProperty("details")[0].GetProperty("reason").GetString());

        http.DefaultRequestHeaders.Add("authorization", $"Bearer {fixture.Token("bob", "auditor")}");
        using var wrong = await http.GetAsync(home, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);

        http.DefaultRequestHeaders.Remove("authorization");
        http.DefaultRequestHeaders.Add("authorization", $"Bearer {fixture.Token("alice", "learner")}");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(home, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("/kp.catalog.v1.CatalogService/NoSuchMethod")]
    [InlineData("/kp.catalog.v1.CatalogService/getwork")]
    [InlineData("/KP.CATALOG.V1.CATALOGSERVICE/GetWork")]
    [InlineData("/kp.catalog.v1.CatalogService/GetWork/")]
    [InlineData("/kp.learner.v1.LearnerService/NoSuchMethod")]
    [InlineData("/kp.none.v1.NoService/Method")]
    public async Task UnknownMethod_WithAndWithoutCredentials_NeverReachesAServer(string path)
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        Assert.Equal("16", await CallAsync(null));
        Assert.Equal("12", await CallAsync(fixture.Token("op", "operator", "service", "learner")));
        Assert.DoesNotContain(path, fixture.SeenBehind);

        async Task<string> CallAsync(string? token)
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Gateway.GrpcAddress, path)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            request.Content = new ByteArrayContent(new byte[5]) { Headers = { { "content-type", "application/grpc" } } };
            if (token is not null)
            {
                request.Headers.Add("authorization", $"Bearer {token}");
            }

            using var answer = await http.SendAsync(request, Cancel);
            return answer.Headers.GetValues("grpc-status").Single();
        }
    }

    [Fact]
    public async Task Refusal_BodyThatNeverComes_IsAnsweredBeforeIt()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, fixture.Gateway.HttpAddress.Port, Cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /v1/learners/alice/purchases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"), Cancel);
        var buffer = new byte[64];
        var read = await stream.ReadAsync(buffer, Cancel).AsTask().WithinAsync("the refusal");
        Assert.StartsWith("HTTP/1.1 401", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passthrough_WithCredentials_KeepsThemFromTheServersBehind()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        await new CatalogService.CatalogServiceClient(fixture.As("alice", "learner")).GetWorkAsync(new GetWorkRequest { WorkId = "w-1" }, cancellationToken: Cancel);
        Assert.Contains("/kp.catalog.v1.CatalogService/GetWork", fixture.SeenBehind);
        Assert.DoesNotContain("authorization", fixture.SeenBehind);
    }

    private static string NameOf(Roles role) => role == Roles.Partner ? "partner:producer-1" : RoleNames.Of(role);
}
