using System.Text;

using Google.Protobuf;

using Grpc.Core;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Tests.Services;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.Protos.Audit.V1;

namespace KpGrpc.LedgerServer.Tests.Log.Cosignatures;

public sealed class CosignatureBookTests : IDisposable
{
    private readonly Cosigner one = Cosigner.Generate("one.example/witness", TimeProvider.System);
    private readonly Cosigner two = Cosigner.Generate("two.example/witness", TimeProvider.System);
    private readonly Cosigner stranger = Cosigner.Generate("stranger.example/witness", TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        one.Dispose();
        two.Dispose();
        stranger.Dispose();
    }

    [Fact]
    public async Task AddCosignature_KnownWitnesses_CertifyAndSurviveARestart()
    {
        await using var fixture = await StartAsync();
        await LogEndpointsTests.GrowAsync(fixture, 2);
        var checkpoint = await ReadAsync(fixture);

        var first = await AddAsync(fixture, With(checkpoint, one));
        var uncertified = await Assert.ThrowsAsync<RpcException>(async () => await Audit(fixture).GetCheckpointAsync(new() { Certified = true }, cancellationToken: Stop));
        var second = await AddAsync(fixture, With(checkpoint, two));
        await AddAsync(fixture, With(checkpoint, two));
        await LogEndpointsTests.GrowFromAsync(fixture, 2, 3);
        await fixture.StopServerAsync();
        await fixture.StartServerAsync(null, Settings());

        Assert.False(first.Certified);
        Assert.Equal(StatusCode.NotFound, uncertified.StatusCode);
        Assert.True(second.Certified);
        var certified = await Audit(fixture).GetCheckpointAsync(new() { Certified = true }, cancellationToken: Stop);
        Assert.Equal(2UL, certified.TreeSize);
        Assert.True(SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(certified.Checkpoint), out var signed, out _));
        Assert.Equal(NoteCheck.Verified, signed.Note.VerifyBy(one.Verifier));
        Assert.Equal(NoteCheck.Verified, signed.Note.VerifyBy(two.Verifier));
        var page = await Audit(fixture).ListCosignaturesAsync(new() { TreeSize = 2, PageSize = 1 }, cancellationToken: Stop);
        Assert.Equal("one.example/witness", Assert.Single(page.Cosignatures).Witness);
        var rest = await Audit(fixture).ListCosignaturesAsync(new() { TreeSize = 2, PageSize = 1, PageToken = page.NextPageToken }, cancellationToken: Stop);
        Assert.Equal("two.example/witness", Assert.Single(rest.Cosignatures).Witness);
        Assert.Empty(rest.NextPageToken);
    }

    [Fact]
    public async Task AddCosignature_WhatMustNotCount_IsRefusedAndNothingIsKept()
    {
        await using var fixture = await StartAsync();
        await LogEndpointsTests.GrowAsync(fixture, 2);
        var checkpoint = await ReadAsync(fixture);
        using var impostor = Cosigner.Generate("one.example/witness", TimeProvider.System);
        using var foreign = NoteSigner.Generate("foreign.example/log");
        var line = impostor.Sign(checkpoint.Note.TextUtf8.Span);
        var forged = checkpoint.With(new NoteSignature(one.Verifier.Name, one.Verifier.KeyId, line.Signature.Span));
        var foreignRoot = SignedCheckpoint.Sign(new(foreign.Verifier.Name, 2, MerkleHasher.EmptyRoot), foreign);

        await RefuseAsync(fixture, With(checkpoint, stranger), StatusCode.PermissionDenied);
        await RefuseAsync(fixture, checkpoint, StatusCode.PermissionDenied);
        await RefuseAsync(fixture, forged, StatusCode.Unauthenticated);
        await RefuseAsync(fixture, With(foreignRoot, one), StatusCode.FailedPrecondition);
        foreach (var size in new ulong[] { 2, 9 })
        {
            var split = new Checkpoint(checkpoint.Checkpoint.Origin, size, MerkleHasher.EmptyRoot);
            await RefuseAsync(fixture, With(SignedCheckpoint.Sign(split, Key(fixture)), one), StatusCode.FailedPrecondition);
        }

        var garbage = await Assert.ThrowsAsync<RpcException>(async () => await Audit(fixture).AddCosignatureAsync(
            new() { IdempotencyKey = ByteString.CopyFrom(new byte[16]), Checkpoint = "x" }, cancellationToken: Stop));

        Assert.Equal(StatusCode.InvalidArgument, garbage.StatusCode);
        Assert.Empty((await Audit(fixture).ListCosignaturesAsync(new(), cancellationToken: Stop)).Cosignatures);
    }

    private static SignedCheckpoint With(SignedCheckpoint checkpoint, Cosigner cosigner) =>
        checkpoint.With(cosigner.Sign(checkpoint.Note.TextUtf8.Span));

    private static NoteSigner Key(LedgerFixture fixture) =>
        NoteSigner.ParsePrivateKey(File.ReadAllLines(Path.Combine(fixture.NetworkFolder, "log.key"))[1]);

    private static AuditService.AuditServiceClient Audit(LedgerFixture fixture) => new(fixture.Server.Channel);

    private static async Task<SignedCheckpoint> ReadAsync(LedgerFixture fixture)
    {
        using var http = new HttpClient { BaseAddress = fixture.Server.HttpAddress };
        return await LogEndpointsTests.CheckpointAsync(http, fixture);
    }

    private static async Task<AddCosignatureResponse> AddAsync(LedgerFixture fixture, SignedCheckpoint signed) =>
        await Audit(fixture).AddCosignatureAsync(new() { IdempotencyKey = ByteString.CopyFrom(new byte[16]), Checkpoint = signed.ToString() }, cancellationToken: Stop);

    private static async Task RefuseAsync(LedgerFixture fixture, SignedCheckpoint signed, StatusCode code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(async () => await AddAsync(fixture, signed))).StatusCode);

    private Task<LedgerFixture> StartAsync() => LedgerFixture.StartAsync(null, Settings());

    private string[] Settings() =>
        [$"Ledger:Witnesses:0={one.Verifier}", $"Ledger:Witnesses:1={two.Verifier}", "Ledger:WitnessesNeeded=2"];
}
