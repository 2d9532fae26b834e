using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.Gateway.Tests.Security;

public sealed class AnonymousGuardTests
{
    [Theory]
    [InlineData("Production", "127.0.0.1", "in the Production environment")]
    [InlineData("Development", "0.0.0.0", "on 0.0.0.0")]
    [InlineData("Staging", "::", "on ::")]
    public void Build_OpenDoorWhereOthersReachIt_IsRefused(string environment, string address, string where)
    {
        using var folder = new TemporaryDirectory();
        var refused = Assert.Throws<StartupException>(() => Build(folder, environment, address));
        Assert.Contains(where, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Gateway:AllowAnonymous=true", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development", "127.0.0.1", false)]
    [InlineData("Production", "0.0.0.0", true)]
    public async Task Build_MeantOrOnLoopback_IsAllowed(string environment, string address, bool allow)
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllBytesAsync(folder.Combine("pseudonym.key"), new byte[32], TestContext.Current.CancellationToken);
        await using var app = Build(folder, environment, address, $"--Gateway:AllowAnonymous={allow}");
        Assert.NotNull(app);
    }

    [Fact]
    public async Task Run_MissingSecretOutsideDevelopment_IsOneLineAndExitConfiguration()
    {
        using var folder = new TemporaryDirectory();
        await using var error = new StringWriter();
        var code = await ServerProgram.RunAsync("kp-gateway", () => Build(folder, "Production", "127.0.0.1", "--Gateway:AllowAnonymous=true"), error);
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
        $"--Hosting:Address={address}",
        "--Hosting:GrpcPort=0",
        "--Hosting:HttpPort=0",
        $"--Gateway:PseudonymKeyPath={folder.Combine("pseudonym.key")}",
        $"--Redis:EmbeddedDirectory={folder.Combine("redis")}",
        .. more,
    ]);
}
