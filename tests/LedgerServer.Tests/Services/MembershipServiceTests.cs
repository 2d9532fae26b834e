using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Client.Ledger;
using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Membership.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class MembershipServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ApproveChange_SecondOfTwoApprovals_MakesTheChangeAndEndsItsWaiting()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        using var key = await NeedTwoAsync(fixture);
        var members = new MembershipService.MembershipServiceClient(fixture.Server.Channel);

        var proposal = await fixture.AcceptAsync("operator", payload => payload.DeclareCurrency = new() { CurrencyCode = "USD", Exponent = 2 });
        await fixture.AcceptAsync("operator", payload => payload.SuspendOrganization = new() { OrganizationId = "technology", Reason = "unpaid" });
        var first = await members.ListPendingChangesAsync(new() { PageSize = 1 }, cancellationToken: Stop);

        var waiting = Assert.Single(first.Changes);
        Assert.Equal(
            (proposal.Receipt.Sequence, "DeclareCurrency", "operator", 2U),
            (waiting.Sequence, waiting.Kind, waiting.ProposedByOrganizationId, waiting.ApprovalsNeeded));
        Assert.Equal(["operator"], waiting.ApprovedByOrganizationIds);
        var approval = await SubmitAsync(fixture, key, payload => payload.ApproveChange = new() { ChangeHash = waiting.ChangeHash });
        Assert.Equal(
            [Effect.ChangeOneofCase.ChangeVoted, Effect.ChangeOneofCase.CurrencyDeclared],
            approval.Effects.Select(effect => effect.ChangeCase));
        var next = await members.ListPendingChangesAsync(new() { PageSize = 1, PageToken = first.NextPageToken }, cancellationToken: Stop);

        Assert.Equal("SuspendOrganization", Assert.Single(next.Changes).Kind);
        Assert.Empty(next.NextPageToken);
    }

    [Fact]
    public async Task GetOrganization_EarlierSequence_IsAsItStoodThen()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var members = new MembershipService.MembershipServiceClient(fixture.Server.Channel);
        var clearing = await fixture.AcceptAsync("payment-provider", payload => payload.OpenAccount = Market.Clearing());
        var suspended = await fixture.AcceptAsync(
            "operator", payload => payload.SuspendOrganization = new() { OrganizationId = "technology", Reason = "unpaid" });

        var before = await members.GetOrganizationAsync(new() { OrganizationId = "technology", AsOfSequence = clearing.Receipt.Sequence }, cancellationToken: Stop);
        var after = await members.GetOrganizationAsync(new() { OrganizationId = "technology" }, cancellationToken: Stop);

        Assert.Equal((OrganizationStatus.Active, clearing.Receipt.Sequence), (before.Organization.Status, before.AsOfSequence));
        Assert.Equal((OrganizationStatus.Suspended, suspended.Receipt.Sequence), (after.Organization.Status, after.Organization.SuspendedAtSequence));
        var future = await Assert.ThrowsAsync<RpcException>(async () => await members.GetOrganizationAsync(
            new() { OrganizationId = "technology", AsOfSequence = 99 }, cancellationToken: Stop));
        Assert.Equal(StatusCode.OutOfRange, future.StatusCode);
    }

    [Fact]
    public async Task Submit_ByAKeyOnP256_TakesCommandsAndBatches()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        using var added = SigningKey.Generate("operator", "operator-p256", KeyAlgorithm.EcdsaP256Sha256);
        await fixture.AcceptAsync("operator", payload => payload.RotateKey = new()
        {
            OldKeyId = "operator-1",
            NewKey = PublicKey(added),
            ProofOfPossession = ByteString.CopyFrom(fixture.Signer("operator").ProvePossession(added)),
        });

        var one = await SubmitAsync(fixture, added, Declare("USD"));
        var prepared = new CommandSigner(added, LedgerFixture.NetworkId, LedgerFixture.LedgerId).SignBatch([Declare("EUR"), Declare("GBP")]);
        var batch = await new LedgerService.LedgerServiceClient(fixture.Server.Channel)
            .SubmitBatchAsync(new() { LedgerId = LedgerFixture.LedgerId, Batch = prepared.Message }, cancellationToken: Stop);

        Assert.Equal(ReceiptStatus.Accepted, one.Status);
        Assert.Equal(2, batch.Outcomes.Count);
        Assert.All(batch.Outcomes, outcome => Assert.NotEmpty(outcome.Leaf));
    }

    [Fact]
    public async Task ListKeys_AfterARotation_ShowsBothKeysInOrder()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var members = new MembershipService.MembershipServiceClient(fixture.Server.Channel);
        using var added = SigningKey.Generate("producer", "producer-2");
        var rotation = await fixture.AcceptAsync("producer", payload => payload.RotateKey = new()
        {
            OldKeyId = "producer-1",
            NewKey = PublicKey(added),
            ProofOfPossession = ByteString.CopyFrom(fixture.Signer("producer").ProvePossession(added)),
        });

        var first = await members.ListKeysAsync(new() { OrganizationId = "producer", PageSize = 1 }, cancellationToken: Stop);
        var second = await members.ListKeysAsync(new() { OrganizationId = "producer", PageSize = 1, PageToken = first.NextPageToken }, cancellationToken: Stop);

        var (old, current) = (Assert.Single(first.Keys), Assert.Single(second.Keys));
        Assert.Equal(("producer-1", KeyStatus.Revoked, "producer-2"), (old.Key.KeyId, old.Status, old.ReplacedByKeyId));
        Assert.Equal(rotation.Receipt.Sequence, old.RevokedAtSequence);
        Assert.Equal((PublicKey(added), KeyStatus.Active, rotation.Receipt.Sequence), (current.Key, current.Status, current.ValidFromSequence));
        Assert.Empty(second.NextPageToken);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await members.ListKeysAsync(new() { OrganizationId = "nobody" }, cancellationToken: Stop));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    // Enrols a regulator, whose key is the caller's to dispose, and asks for its approval of every change from then on.
    private static async Task<SigningKey> NeedTwoAsync(LedgerFixture fixture)
    {
        var key = SigningKey.Generate("regulator", "regulator-1");
        await fixture.AcceptAsync("operator", payload => payload.EnrolOrganization = new()
        {
            OrganizationId = "regulator",
            DisplayName = "Regulator",
            Roles = { Role.Regulator },
            Keys = { PublicKey(key) },
        });
        await fixture.AcceptAsync("operator", payload => payload.ChangePolicy = new() { ApprovalsNeeded = 2, ApproverOrganizationIds = { "operator", "regulator" } });
        return key;
    }

    private static Action<CommandPayload> Declare(string currencyCode) =>
        payload => payload.DeclareCurrency = new() { CurrencyCode = currencyCode, Exponent = 2 };

    private static Key PublicKey(SigningKey key) => new()
    {
        KeyId = key.KeyId,
        Algorithm = key.Algorithm,
        PublicKey = ByteString.CopyFrom(key.ExportPublicKey()),
    };

    private static async Task<Receipt> SubmitAsync(LedgerFixture fixture, SigningKey key, Action<CommandPayload> setBody)
    {
        var command = new CommandSigner(key, LedgerFixture.NetworkId, LedgerFixture.LedgerId).Sign(setBody);
        var outcome = await new LedgerClient(fixture.Server.Channel).SubmitAsync(command, false, Stop).WithinAsync("the answer to a command");
        return Assert.IsType<CommandOutcome.Answered>(outcome).Receipt;
    }
}
