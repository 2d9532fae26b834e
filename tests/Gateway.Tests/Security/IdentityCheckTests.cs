using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

using Microsoft.Extensions.Logging;

namespace KpGrpc.Gateway.Tests.Security;

public sealed class IdentityCheckTests
{
    private const string Metadata = "--Gateway:Identity:MetadataAddress=https://id.example/.well-known/openid-configuration";

    [Theory]
    [InlineData("Production", "127.0.0.1", "nobody could prove")]
    [InlineData("Production", "127.0.0.1", "refused in the Production environment", "--Gateway:AllowAnonymous=true")]
    [InlineData("Production", "127.0.0.1", "refused in the Production environment", "--Gateway:AllowAnonymous=true", Metadata)]
    [InlineData("Production", "127.0.0.1", "refused in the Production environment", "--Gateway:Identity:DevelopmentIssuer=true")]
    [InlineData("Staging", "127.0.0.1", "refused in the Staging environment", "--Gateway:Identity:DevelopmentIssuer=true")]
    [InlineData("Development", "0.0.0.0", "refused on 0.0.0.0", "--Gateway:Identity:DevelopmentIssuer=true")]
    [InlineData("Development", "::", "nobody could prove")]
    [InlineData("Development", "127.0.0.1", "two issuers", "--Gateway:Identity:DevelopmentIssuer=true", Metadata)]
    [InlineData("Development", "127.0.0.1", "Gateway:Tls:CertificatePath", "--Gateway:Identity:Certificates:0:Name=a", "--Gateway:Identity:Certificates:0:Roles:0=service", "--Gateway:Identity:Certificates:0:Thumbprint=00000000000000000000000000000000000000000000000000000000000000ff")]
    [InlineData("Development", "127.0.0.1", "can't read missing.json", "--Gateway:Identity:ApiKeysPath=missing.json")]
    public void Build_DoorThatAnybodyOrNobodyPasses_IsRefused(string environment, string address, string text, params string[] settings)
    {
        using var folder = new TemporaryDirectory();
        var refused = Assert.Throws<StartupException>(() => Build(folder, environment, address, settings));
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development", "127.0.0.1")]
    [InlineData("Development", "0.0.0.0", "--Gateway:AllowAnonymous=true")]
    [InlineData("Development", "0.0.0.0", Metadata)]
    [InlineData("Production", "0.0.0.0", Metadata)]
    public async Task Build_CallersCanProveThemselves_IsAllowed(string environment, string address, params string[] settings)
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllBytesAsync(folder.Combine("pseudonym.key"), new byte[32], TestContext.Current.CancellationToken);
        await using var app = Build(folder, environment, address, settings);
        Assert.NotNull(app);
    }

    [Theory]
    [InlineData("--Gateway:Identity:MetadataAddress=http://id.example/metadata", "Gateway:Identity:MetadataAddress")]
    [InlineData("--Gateway:Identity:Audience=", "Gateway:Identity:Audience")]
    [InlineData("--Gateway:Identity:ClockSkew=01:00:00", "ClockSkew")]
    [InlineData("--Gateway:Identity:Certificates:0:Name=a", "Thumbprint or a Subject")]
    public async Task Run_WrongSetting_IsNamedInOneLine(string setting, string text)
    {
        using var folder = new TemporaryDirectory();
        await using var error = new StringWriter();
        var code = await ServerProgram.RunAsync("kp-gateway", () => Build(folder, "Development", "127.0.0.1", setting), error);
        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains(text, error.ToString(), StringComparison.Ordinal);
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Start_AllowAnonymous_SaysSoLoudly()
    {
        await using var fixture = await GatewayFixture.StartAsync();
        Assert.Contains(fixture.Gateway.Logs.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains("EVERYBODY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_MissingSecretOutsideDevelopment_IsOneLineAndExitConfiguration()
    {
        using var folder = new TemporaryDirectory();
        await using var error = new StringWriter();
        var code = await ServerProgram.RunAsync("kp-gateway", () => Build(folder, "Production", "127.0.0.1", Metadata), error);
        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains("Gateway:PseudonymKeyPath", error.ToString(), StringComparison.Ordinal);
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Run_SeveralWrongSettings_NamesAllOfThem()
    {
        using var folder = new TemporaryDirectory();
        await using var error = new StringWriter();
        var code = await ServerProgram.RunAsync("kp-gateway", () => Build(folder, "Development", "127.0.0.1", "--Gateway:LedgerAddress=ledger", "--Gateway:HomeDeadline=01:00:00"), error);
        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains("Gateway:LedgerAddress", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("HomeDeadline", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_KeyOfAnotherOrganizationOrNoKey_IsOneLineAndExitConfiguration()
    {
        using var folder = new TemporaryDirectory();
        DevelopmentKeys.Write(folder.Combine("other.key"), "other");
        foreach (var (file, text) in new[] { ("other.key", "is the key of other"), ("missing.key", "can't read a signing key") })
        {
            await using var error = new StringWriter();
            var code = await ServerProgram.RunAsync("kp-gateway", () => Build(folder, "Development", "127.0.0.1", $"--Gateway:PlatformKeyPath={folder.Combine(file)}"), error);
            Assert.Equal(ServerProgram.ExitConfiguration, code);
            Assert.Contains(text, error.ToString(), StringComparison.Ordinal);
        }
    }

    private static Microsoft.AspNetCore.Builder.WebApplication Build(TemporaryDirectory folder, string environment, string address, params string[] more) => GatewayHost.Build(
    [
        $"--environment={environment}",
        "--hostBuilder:reloadConfigOnChange=false",
        $"--Hosting:Address={address}",
        "--Hosting:GrpcPort=0",
        "--Hosting:HttpPort=0",
        $"--Gateway:PseudonymKeyPath={folder.Combine("pseudonym.key")}",
        $"--Redis:EmbeddedDirectory={folder.Combine("redis")}",
        .. more,
    ]);
}
