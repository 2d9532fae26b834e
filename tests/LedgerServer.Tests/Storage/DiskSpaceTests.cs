using Google.Rpc;
using Grpc.Core;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.LedgerServer.Tests.Storage;

public sealed class DiskSpaceTests
{
    [Fact]
    public async Task Submit_DiskAlmostFull_RefusedUntilThereIsRoomWhileReadsGoOn()
    {
        var free = long.MaxValue;
        await using var fixture = await LedgerFixture.StartAsync(
            builder => builder.Services.AddSingleton(new DiskSpace(_ => Volatile.Read(ref free))), "Ledger:FreeBytesMin=1000");
        await fixture.AcceptAsync("payment-provider", payload => payload.OpenAccount = Market.Clearing());
        Volatile.Write(ref free, 999);

        var refused = await Services.LedgerServiceTests.RefuseAsync(
            fixture, fixture.Signer("platform").Sign(payload => payload.OpenAccount = Market.Wallet()), StatusCode.ResourceExhausted);

        Assert.Equal("DISK_LOW", refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.Contains("Ledger:FreeBytesMin", refused.Status.Detail, StringComparison.Ordinal);
        Assert.Single((await new PaymentService.PaymentServiceClient(fixture.Server.Channel)
            .GetTrialBalanceAsync(new(), cancellationToken: TestContext.Current.CancellationToken).ResponseAsync.WithinAsync("the trial balance")).Lines);
        Volatile.Write(ref free, 1000);
        await fixture.AcceptAsync("platform", payload => payload.OpenAccount = Market.Wallet());
    }

    [Fact]
    public async Task Start_DiskAlmostFull_IsWarnedOf()
    {
        await using var fixture = await LedgerFixture.StartAsync(
            builder => builder.Services.AddSingleton(new DiskSpace(_ => 999)), "Ledger:FreeBytesMin=1000");

        Assert.Contains(fixture.Server.Logs.Entries, entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Warning && entry.Text.Contains("999 bytes free", StringComparison.Ordinal));
    }

    [Fact]
    public void FreeBytes_OfAFolder_IsWhatItsDiskHas()
    {
        using var folder = new TemporaryDirectory();
        Assert.InRange(DiskSpace.OfDrives.FreeBytes(folder.Path), 1, long.MaxValue);
    }
}
