using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using KpGrpc.Gateway.Tests.Fakes;

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.Gateway.Tests.Security.Certificates;

public sealed class CertificateCallersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_PinnedCertificate_IsItsCallerAndOthersAreNobody()
    {
        using var pki = new TestAuthority();
        using var client = pki.Client("CN=billing");
        using var stranger = pki.Client("CN=billing");
        await using var fixture = await StartAsync(pki, $"Thumbprint={client.GetCertHashString(HashAlgorithmName.SHA256)}");

        Assert.Equal(HttpStatusCode.OK, await MetricsAsync(fixture, client));
        Assert.Equal(HttpStatusCode.Unauthorized, await MetricsAsync(fixture, stranger));
        Assert.Equal(HttpStatusCode.Unauthorized, await MetricsAsync(fixture, null));
    }

    [Fact]
    public async Task Find_SubjectOfAnAuthority_IsItsCallerAndForgeriesAreNobody()
    {
        using var pki = new TestAuthority();
        using var forger = new TestAuthority();
        await using var fixture = await StartAsync(pki, "Subject=CN=billing", $"Gateway:Tls:ClientAuthoritiesPath={pki.AuthorityFile}");

        using var client = pki.Client("CN=billing");
        using var forged = forger.Client("CN=billing");
        using var other = pki.Client("CN=other");
        using var expired = pki.Client("CN=billing", -10);
        Assert.Equal(HttpStatusCode.OK, await MetricsAsync(fixture, client));
        Assert.Equal(HttpStatusCode.Unauthorized, await MetricsAsync(fixture, forged));
        Assert.Equal(HttpStatusCode.Unauthorized, await MetricsAsync(fixture, other));
        Assert.Equal(HttpStatusCode.Unauthorized, await MetricsAsync(fixture, expired));
    }

    [Fact]
    public async Task Tls_Answer_AsksBrowsersToStayWithIt()
    {
        using var pki = new TestAuthority();
        await using var fixture = await StartAsync(pki, $"Thumbprint={new string('a', 64)}");
        using var http = Client(null);
        using var answer = await http.GetAsync(new Uri(AddressOf(fixture), "/health/live"), Cancel);
        Assert.Contains("max-age", answer.Headers.GetValues("strict-transport-security").Single(), StringComparison.Ordinal);
    }

    private static Task<GatewayFixture> StartAsync(TestAuthority pki, string known, params string[] settings) => GatewayFixture.StartLockedAsync(
    [
        "Gateway:Tls:Port=0",
        $"Gateway:Tls:CertificatePath={pki.ServerFile}",
        $"Gateway:Tls:KeyPath={pki.ServerKeyFile}",
        "Gateway:Identity:Certificates:0:Name=billing",
        "Gateway:Identity:Certificates:0:Roles:0=service",
        $"Gateway:Identity:Certificates:0:{known}",
        .. settings,
    ]);

    private static async Task<HttpStatusCode> MetricsAsync(GatewayFixture fixture, X509Certificate2? certificate)
    {
        using var http = Client(certificate);
        // Twice over one connection: the second look is from memory.
        using var first = await http.GetAsync(new Uri(AddressOf(fixture), "/metrics"), Cancel);
        using var second = await http.GetAsync(new Uri(AddressOf(fixture), "/metrics"), Cancel);
        Assert.Equal(first.StatusCode, second.StatusCode);
        return second.StatusCode;
    }

    private static HttpClient Client(X509Certificate2? certificate)
    {
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        if (certificate is not null)
        {
            handler.ClientCertificateOptions = ClientCertificateOption.Manual;
            handler.ClientCertificates.Add(certificate);
        }

        return new HttpClient(handler);
    }

    private static Uri AddressOf(GatewayFixture fixture) =>
        new(fixture.Gateway.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(address => address.StartsWith("https", StringComparison.Ordinal)));
}
