using Google.Rpc;

using Grpc.Core;

using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Tests.Recovery;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.LedgerServer.Tests;

public sealed class LedgerServerHostTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Ledger:QueueMax=1", "Ledger:QueueMax must be between 16 and 1000000")]
    [InlineData("Ledger:QueueMax=many", "Ledger:QueueMax is 'many', which is not a whole number that it can hold, such as 100; correct it or remove it")]
    [InlineData("Ledger:RetryAfter=soon", "Ledger:RetryAfter is 'soon', which is not a duration such as 00:00:30")]
    [InlineData("Ledger:Development=maybe", "Ledger:Development is 'maybe', which is not true or false")]
    [InlineData("Ledger:QueuMax=100", "Ledger:QueuMax is not a setting; the nearest is Ledger:QueueMax: correct it or remove it")]
    [InlineData("Ledger:QueueMax:Commands=100", "Ledger:QueueMax:Commands is not a setting; the nearest is Ledger:QueueMax")]
    [InlineData("Ledger:Witnesses=w.example/1+00+AA", "Ledger:Witnesses is a list; set Ledger:Witnesses:0")]
    [InlineData("Ledger:LogOrigin=a b", "Ledger:LogOrigin must be at most 255 characters without spaces and plus signs")]
    [InlineData("Ledgers:b:QueuMax=100", "Ledgers:b:QueuMax is not a setting; the nearest is Ledgers:b:QueueMax")]
    [InlineData("Ledgers:b:QueueMax=1", "Ledgers:b:QueueMax must be between 16 and 1000000")]
    [InlineData("Ledgers:b:GenesisPath=no-such-file.json", "Ledgers:b:GenesisPath no-such-file.json cannot be read")]
    [InlineData("Ledgers:DataDirectory=data/b", "Ledgers:DataDirectory has a value, but names a ledger")]
    [InlineData("Ledger:GenesisPath=no-such-file.json", "no-such-file.json")]
    [InlineData("Ledger:LogKeyPath=no-such.key", "no-such.key")]
    [InlineData("Ledger:DataDirectory=no/such/data", "has no parent folder")]
    [InlineData("Ledger:NetworkId=other", "Ledger:NetworkId is other")]
    [InlineData("environment=Production", "refused in Production")]
    public async Task RunAsync_SettingThatCannotWork_OneLineAndConfigurationExit(string setting, string text)
    {
        await using var fixture = new LedgerFixture();
        using var error = new StringWriter();

        var code = await RunAsync(fixture, error, setting);

        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains(text, error.ToString());
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task RunAsync_DevelopmentInProduction_Refused()
    {
        await using var fixture = new LedgerFixture();
        using var error = new StringWriter();

        Assert.Equal(ServerProgram.ExitConfiguration, await RunAsync(fixture, error, "environment=Production", "Ledger:Development=true"));
        Assert.Contains("Ledger:Development is refused", error.ToString());
    }

    [Fact]
    public async Task RunAsync_DevelopmentWithoutLogKey_MakesOne()
    {
        await using var fixture = new LedgerFixture();
        var key = Path.Combine(fixture.NetworkFolder, "new-log.key");
        await fixture.StartServerAsync(null, $"Ledger:LogKeyPath={key}", "Ledger:Development=true");

        Assert.StartsWith("# kpgrpc development key", await File.ReadAllTextAsync(key, Stop));
    }

    [Fact]
    public async Task RunAsync_BusyPort_UnavailableExit()
    {
        await using var running = await LedgerFixture.StartAsync();
        await using var second = new LedgerFixture();
        using var error = new StringWriter();

        var code = await RunAsync(second, error, $"Hosting:GrpcPort={running.Server.GrpcAddress.Port}");

        Assert.Equal(ServerProgram.ExitUnavailable, code);
        Assert.Contains("choose another Hosting:GrpcPort", error.ToString());
    }

    [Fact]
    public async Task RunAsync_FolderOfAnotherProcess_OneLineAndConfigurationExit()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        using var second = LedgerProcess.Launch(fixture);

        Assert.Equal(ServerProgram.ExitConfiguration, await second.ExitAsync());
        Assert.Contains("is in use by another process", second.Output);
    }

    [Fact]
    public async Task Submit_QueueFull_ResourceExhaustedWithRetryInfo()
    {
        using var release = new SemaphoreSlim(0);
        await using var fixture = await LedgerFixture.StartAsync(builder => UseWrite(builder.Services, 16, commit =>
        {
            Assert.True(release.Wait(TimeLimit.Default));
            commit();
        }));
        var signer = fixture.Signer("platform");
        var calls = Enumerable.Range(0, 24).Select(i => fixture.Ledger.SubmitAsync(
            new SubmitRequest { Command = signer.Sign(payload => payload.OpenAccount = new(Market.Wallet()) { AccountId = $"a-{i}" }).Message },
            cancellationToken: Stop).ResponseAsync).ToArray();

        await TimeLimit.UntilAsync(() => Task.FromResult(calls.Count(call => call.IsFaulted) >= 8), "eight refusals");
        release.Release(24);

        var refused = Assert.IsType<RpcException>(calls.First(call => call.IsFaulted).Exception!.InnerException);
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMilliseconds(50), refused.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan());
        foreach (var call in calls.Where(call => !call.IsFaulted))
        {
            await call.WithinAsync("a receipt");
        }
    }

    [Fact]
    public async Task Submit_DiskThatFails_DataLossAndTheProcessStops()
    {
        await using var fixture = await LedgerFixture.StartAsync(
            builder => UseWrite(builder.Services, 16, _ => throw new IOException("no space left on device")));
        fixture.Server.ExpectError("no space left on device");
        var lifetime = fixture.Server.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>();

        var error = await Services.LedgerServiceTests.RefuseAsync(
            fixture, fixture.Signer("platform").Sign(payload => payload.OpenAccount = Market.Wallet()), StatusCode.DataLoss);

        Assert.NotNull(error.GetRpcStatus()!.GetDetail<RequestInfo>());
        Assert.True(fixture.Server.Services.GetRequiredService<ProcessFault>().HasFailed);
        Assert.True(lifetime.ApplicationStopping.IsCancellationRequested);
    }

    private static Task<int> RunAsync(LedgerFixture fixture, StringWriter error, params string[] settings) =>
        LedgerServerHost.RunAsync(
            ["--Hosting:GrpcPort=0", "--Hosting:HttpPort=0", .. fixture.Settings.Concat(settings).Select(setting => $"--{setting}")], error)
            .WithinAsync("the refusal to start");

    private static void UseWrite(IServiceCollection services, int queueMax, Action<Action> write) => services.AddSingleton(provider =>
    {
        var options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<Configuration.LedgerOptions>>().Value;
        var parts = LedgerParts.Open(options, production: false);
        var node = new LedgerNode(
            parts, new LedgerServer.Ordering.Local.OrdererLimits(queueMax, 1_048_576, 8, 8), TimeProvider.System, provider.GetRequiredService<ProcessFault>().Stop, batch => write(() => parts.Store.Commit(batch)));
        return new LedgerSet([new HostedLedger(node, options)]);
    });
}
