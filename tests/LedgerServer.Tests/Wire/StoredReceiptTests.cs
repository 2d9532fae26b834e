using Google.Protobuf;

using Grpc.Core;

using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Tests.Storage;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;

using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.LedgerServer.Tests.Wire;

public sealed class StoredReceiptTests
{
    private const string Always = "Ledger:SnapshotTailBytesMin=1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Decode_Receipt_IsWhatWasStored()
    {
        var receipt = new Receipt { Sequence = 7, OrganizationId = "a" };
        Assert.Equal(receipt, StoredReceipt.Decode(receipt.ToByteArray(), 7));
    }

    [Fact]
    public void Decode_NoReceipt_NamesTheSequence() => Assert.Contains(
        "sequence 7 ", Assert.Throws<InvalidDataException>(() => StoredReceipt.Decode([0xFF], 7)).Message, StringComparison.Ordinal);

    // RocksDB's checksum holds, so the disk is well and one row is wrong: who asks for it is told, everybody else is served.
    [Fact]
    public async Task Read_RowThatIsNoReceipt_IsDataLossForItsReaderAndTheServerGoesOn()
    {
        await using var fixture = await LedgerFixture.StartAsync(null, Always);
        await Market.OpenAsync(fixture);
        var copyright = new CopyrightService.CopyrightServiceClient(fixture.Server.Channel);
        var registered = (await copyright.GetWorkHistoryAsync(new() { WorkId = "work-0" }, cancellationToken: Stop)).Events[0].Sequence;
        await fixture.StopServerAsync();
        StoreEdit.Change(fixture.DataFolder, StoreLayout.Leaves, StoreLayout.Number(registered), _ => [0xFF]);
        await fixture.StartServerAsync(null, Always);
        fixture.Server.ExpectError("A read met damaged storage");
        copyright = new CopyrightService.CopyrightServiceClient(fixture.Server.Channel);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await copyright.GetWorkHistoryAsync(new() { WorkId = "work-0" }, cancellationToken: Stop));

        Assert.Equal(StatusCode.DataLoss, error.StatusCode);
        Assert.NotEmpty(error.GetRpcStatus()!.GetDetail<Google.Rpc.RequestInfo>()!.RequestId);
        Assert.False(fixture.Server.Services.GetRequiredService<ProcessFault>().HasFailed);
        await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase("after", "work-0"));
    }
}
