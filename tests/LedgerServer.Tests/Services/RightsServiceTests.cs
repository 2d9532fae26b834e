using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class RightsServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetWorkHistoryAndDispute_AfterACoSignedTransferAndAClaim_TellBoth()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        var copyright = new CopyrightService.CopyrightServiceClient(fixture.Server.Channel);

        await fixture.AcceptAsync("technology", payload => payload.OpenDispute = new OpenDispute { DisputeId = "d", WorkId = "work-0", Claim = "ours" });
        await fixture.AcceptAsync("operator", payload => payload.ResolveDispute = new ResolveDispute { DisputeId = "d" });
        await fixture.AcceptAsync("producer", payload => payload.TransferOwnership = Pass(payload, fixture));
        var history = await copyright.GetWorkHistoryAsync(new() { WorkId = "work-0" }, cancellationToken: Stop);
        var first = await copyright.GetWorkHistoryAsync(new() { WorkId = "work-0", PageSize = 1 }, cancellationToken: Stop);
        var second = await copyright.GetWorkHistoryAsync(new() { WorkId = "work-0", PageSize = 1, PageToken = first.NextPageToken }, cancellationToken: Stop);
        var dispute = (await copyright.GetDisputeAsync(new() { DisputeId = "d" }, cancellationToken: Stop)).Dispute;
        var work = (await copyright.GetWorkAsync(new() { WorkId = "work-0" }, cancellationToken: Stop)).Work;

        Assert.Equal(
            ["WorkRegistered", "OfferPublished", "DisputeOpened", "DisputeVoted", "DisputeResolved", "OwnershipTransferred"],
            history.Events.Select(happened => happened.Kind));
        Assert.Equal(history.Events[1], Assert.Single(second.Events));
        Assert.Equal("technology", history.Events[2].OrganizationId);
        Assert.Equal((DisputeStatus.Dismissed, "escrow/d/"), (dispute.Status, dispute.EscrowAccountPrefix));
        Assert.Equal([("producer", 600_000U), ("technology", 400_000U)], work.Details.Owners.Select(owner => (owner.OrganizationId, owner.Ppm)));
    }

    private static TransferOwnership Pass(CommandPayload payload, LedgerFixture fixture)
    {
        var transfer = new OwnershipTransfer { WorkId = "work-0", FromOrganizationId = "producer", ToOrganizationId = "technology", Ppm = 400_000 };
        var terms = SHA256.HashData(transfer.ToByteArray());
        using var key = SigningKeyFile.Read(Path.Combine(fixture.NetworkFolder, "keys", "technology.key"));
        byte[] message =
        [
            .. Encoding.ASCII.GetBytes($"kp.copyright.v1.CoSignature\n{payload.NetworkId}\n{payload.LedgerId}\n"), .. payload.IdempotencyKey.Span,
            .. Encoding.ASCII.GetBytes("producer\n"), .. terms,
        ];
        return new TransferOwnership
        {
            Transfer = transfer,
            ReceiverSignature = new CoSignature
            {
                OrganizationId = "technology",
                KeyId = key.KeyId,
                Signature = ByteString.CopyFrom(key.Sign(message)),
                TermsHash = ByteString.CopyFrom(terms),
            },
        };
    }
}
