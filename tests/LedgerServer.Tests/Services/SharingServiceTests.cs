using System.Security.Cryptography;

using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Storage.Subjects;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.MerkleLog.Verification;
using KpGrpc.Protos.Audit.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Sharing.V1;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class SharingServiceTests
{
    private static readonly string Learner = new('a', 64);
    private static readonly byte[] Salt = [.. Enumerable.Repeat((byte)3, SubjectVault.SaltBytes)];
    private static readonly byte[] Content = "the learner's clear name"u8.ToArray();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ProveConsent_BeforeAndAfterTheRevocation_SaysSoWithProofs()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var granted = await fixture.AcceptAsync("platform", payload => payload.GrantConsent = Grant());
        await fixture.AcceptAsync("technology", payload => payload.RecordAccess = Access("first", "profile.tags"));
        var revoked = await fixture.AcceptAsync("platform", payload => payload.RevokeConsent = new() { ConsentId = "consent" });
        var sharing = new SharingService.SharingServiceClient(fixture.Server.Channel);

        var before = await sharing.ProveConsentAsync(new() { ConsentId = "consent", AtSequence = revoked.Receipt.Sequence - 1 }, cancellationToken: Stop);
        var after = await sharing.ProveConsentAsync(new() { ConsentId = "consent" }, cancellationToken: Stop);
        var accesses = await sharing.ListAccessesAsync(new() { SubjectPseudonym = Learner }, cancellationToken: Stop);
        var none = await sharing.ListConsentsAsync(new() { SubjectPseudonym = Learner }, cancellationToken: Stop);
        var all = await sharing.ListConsentsAsync(new() { GranteeOrganizationId = "technology", IncludeEnded = true }, cancellationToken: Stop);

        Assert.True(before.Valid);
        Assert.False(after.Valid);
        Assert.Equal(revoked.Receipt.Sequence, after.Consent.EndedAtSequence);
        AssertProven(fixture, granted.Receipt.Sequence, before.GrantProof);
        AssertProven(fixture, revoked.Receipt.Sequence, after.EndProof);
        Assert.Equal("first", Assert.Single(accesses.Accesses).AccessId);
        Assert.Equal(32, accesses.Accesses[0].LeafHash.Length);
        Assert.Empty(none.Consents);
        Assert.Equal(ConsentStatus.Revoked, Assert.Single(all.Consents).Status);
    }

    [Fact]
    public async Task EraseSubject_WithData_DestroysThemAndEveryProofStillVerifies()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await fixture.AcceptAsync("platform", payload => payload.GrantConsent = Grant());
        var command = fixture.Signer("platform").Sign(payload => payload.CommitSubjectData = Commit());
        var committed = await SubmitAsync(fixture, command);
        await fixture.AcceptAsync("technology", payload => payload.RecordAccess = Access("read", "name"));
        var sharing = new SharingService.SharingServiceClient(fixture.Server.Channel);
        var request = new ReadSubjectDataRequest { SubjectPseudonym = Learner, DataId = "name", AccessId = "read" };

        var read = await sharing.ReadSubjectDataAsync(request, cancellationToken: Stop);
        await fixture.AcceptAsync("platform", payload => payload.EraseSubject = new() { SubjectPseudonym = Learner });

        Assert.Equal(Content, read.Content.ToByteArray());
        Assert.Equal(Salt, read.Salt.ToByteArray());
        await RefuseAsync(StatusCode.FailedPrecondition, async () => await sharing.ReadSubjectDataAsync(request, cancellationToken: Stop));
        Assert.True((await SubmitAsync(fixture, command)).Replayed);
        await fixture.StopServerAsync();
        Assert.False(IsInAFile(fixture.DataFolder, Content));
        await fixture.StartServerAsync();
        var proof = (await fixture.Ledger.GetReceiptAsync(new() { Sequence = committed.Receipt.LeafIndex }, cancellationToken: Stop)).Receipt;
        AssertProven(fixture, committed.Receipt.LeafIndex, proof);
        sharing = new SharingService.SharingServiceClient(fixture.Server.Channel);
        await RefuseAsync(StatusCode.FailedPrecondition, async () => await sharing.ReadSubjectDataAsync(request, cancellationToken: Stop));
    }

    [Fact]
    public async Task ReadSubjectData_WithoutACoveringAccess_IsRefused()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await fixture.AcceptAsync("platform", payload => payload.GrantConsent = Grant());
        await SubmitAsync(fixture, fixture.Signer("platform").Sign(payload => payload.CommitSubjectData = Commit()));
        await fixture.AcceptAsync("technology", payload => payload.RecordAccess = Access("other", "profile.tags"));
        var sharing = new SharingService.SharingServiceClient(fixture.Server.Channel);
        var request = new ReadSubjectDataRequest { SubjectPseudonym = Learner, DataId = "name", AccessId = "other" };

        await RefuseAsync(StatusCode.FailedPrecondition, async () => await sharing.ReadSubjectDataAsync(request, cancellationToken: Stop));
        await RefuseAsync(StatusCode.NotFound, async () => await sharing.ReadSubjectDataAsync(new(request) { AccessId = "none" }, cancellationToken: Stop));
        await RefuseAsync(StatusCode.NotFound, async () => await sharing.ReadSubjectDataAsync(new(request) { DataId = "none" }, cancellationToken: Stop));
        await RefuseAsync(StatusCode.InvalidArgument, async () => await sharing.ReadSubjectDataAsync(new(request) { AccessId = "" }, cancellationToken: Stop));
        await RefuseAsync(StatusCode.InvalidArgument, async () => await sharing.ListConsentsAsync(new(), cancellationToken: Stop));
        await RefuseAsync(StatusCode.NotFound, async () => await sharing.ProveConsentAsync(new() { ConsentId = "none" }, cancellationToken: Stop));
    }

    [Fact]
    public async Task Submit_AttachmentThatDoesNotFit_IsRefusedBeforeTheOrder()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var commit = fixture.Signer("platform").Sign(payload => payload.CommitSubjectData = Commit());
        var open = fixture.Signer("platform").Sign(payload => payload.OpenAccount = Market.Wallet());

        await RefuseAsync(StatusCode.InvalidArgument, () => SubmitAsync(fixture, commit, null));
        await RefuseAsync(StatusCode.InvalidArgument, () => SubmitAsync(fixture, commit, new Attachment { Salt = ByteString.CopyFrom(Salt), Content = ByteString.CopyFromUtf8("other") }));
        await RefuseAsync(StatusCode.InvalidArgument, () => SubmitAsync(fixture, commit, new Attachment { Content = ByteString.CopyFrom(Content) }));
        await RefuseAsync(StatusCode.InvalidArgument, () => SubmitAsync(fixture, open, Attached()));
        var batch = await fixture.Ledger.SubmitBatchAsync(new() { Commands = { commit.Message, open.Message } }, cancellationToken: Stop);

        Assert.Equal((int)StatusCode.InvalidArgument, batch.Outcomes[0].Error.Code);
        Assert.Null(batch.Outcomes[1].Error);
        Assert.Equal(1UL, (await fixture.Ledger.GetStatusAsync(new(), cancellationToken: Stop)).NextSequence);
    }

    private static GrantConsent Grant() => new()
    {
        ConsentId = "consent",
        SubjectPseudonym = Learner,
        GranteeOrganizationId = "technology",
        Purposes = { Purpose.Analytics },
        Scopes = { "profile.tags", "name" },
    };

    private static RecordAccess Access(string id, string scope) =>
        new() { AccessId = id, ConsentId = "consent", Purpose = Purpose.Analytics, Scopes = { scope } };

    private static CommitSubjectData Commit() => new()
    {
        SubjectPseudonym = Learner,
        DataId = "name",
        Commitment = ByteString.CopyFrom(SHA256.HashData([.. Salt, .. Content])),
    };

    private static Attachment Attached() => new() { Salt = ByteString.CopyFrom(Salt), Content = ByteString.CopyFrom(Content) };

    private static Task<SubmitResponse> SubmitAsync(LedgerFixture fixture, PreparedCommand command) => SubmitAsync(fixture, command, Attached());

    private static async Task<SubmitResponse> SubmitAsync(LedgerFixture fixture, PreparedCommand command, Attachment? attachment) =>
        await fixture.Ledger.SubmitAsync(new() { Command = command.Message, Attachment = attachment }, cancellationToken: Stop);

    private static void AssertProven(LedgerFixture fixture, ulong sequence, ReceiptProof proof)
    {
        Assert.Equal(sequence, proof.LeafIndex);
        Assert.IsType<ReceiptVerdict.Verified>(ReceiptVerifier.Verify(proof.Leaf.Span, System.Text.Encoding.UTF8.GetBytes(proof.TlogProof), fixture.LogVerifierKey));
    }

    private static bool IsInAFile(string directory, byte[] bytes) =>
        Directory.EnumerateFiles(directory).Any(path => File.ReadAllBytes(path).AsSpan().IndexOf(bytes) >= 0);

    private static async Task RefuseAsync(StatusCode code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
}
