using System.Text;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Grpc.Core;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.Protos.Audit.V1;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class AuditServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetProofs_OfEverySizeAndLeaf_Verify()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        var audit = new AuditService.AuditServiceClient(fixture.Server.Channel);
        var newest = await audit.GetCheckpointAsync(new(), cancellationToken: Stop);
        var root = Read(fixture, newest.Checkpoint).Root;
        Assert.Equal(9UL, newest.TreeSize);

        for (ulong size = 1; size <= newest.TreeSize; size++)
        {
            var older = Read(fixture, (await audit.GetCheckpointAsync(new() { TreeSize = size }, cancellationToken: Stop)).Checkpoint);
            var consistency = await audit.GetConsistencyProofAsync(new() { FromSize = size }, cancellationToken: Stop);
            Assert.True(ProofVerifier.VerifyConsistency(size, newest.TreeSize, Hashes(consistency.Hashes), older.Root, root));
            var leaf = (await fixture.Ledger.GetReceiptAsync(new() { Sequence = size - 1 }, cancellationToken: Stop)).Receipt.Leaf;
            var hash = MerkleHasher.HashLeaf(leaf.Span);
            var inclusion = await audit.GetInclusionProofAsync(new() { LeafHash = ByteString.CopyFrom(hash.AsSpan()) }, cancellationToken: Stop);
            Assert.Equal(size - 1, inclusion.LeafIndex);
            Assert.True(ProofVerifier.VerifyInclusion(hash, size - 1, newest.TreeSize, Hashes(inclusion.Hashes), root));
        }
    }

    [Fact]
    public async Task GetCheckpoint_EmptyLedger_IsSignedAndFutureSizesAreRefused()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var audit = new AuditService.AuditServiceClient(fixture.Server.Channel);

        var empty = await audit.GetCheckpointAsync(new(), cancellationToken: Stop);

        Assert.Equal(MerkleHasher.EmptyRoot, Read(fixture, empty.Checkpoint).Root);
        await RefuseAsync(StatusCode.NotFound, async () => await audit.GetCheckpointAsync(new() { TreeSize = 1 }, cancellationToken: Stop));
        await RefuseAsync(StatusCode.OutOfRange, async () => await audit.GetInclusionProofAsync(new() { LeafIndex = 0 }, cancellationToken: Stop));
        await RefuseAsync(StatusCode.OutOfRange, async () => await audit.GetConsistencyProofAsync(new() { ToSize = 1 }, cancellationToken: Stop));
    }

    private static Checkpoint Read(LedgerFixture fixture, string note)
    {
        Assert.True(SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(note), out var signed, out var fault), fault);
        Assert.Equal(NoteCheck.Verified, signed.Note.VerifyBy(NoteVerifier.Parse(fixture.LogVerifierKey)));
        return signed.Checkpoint;
    }

    private static Hash256[] Hashes(RepeatedField<ByteString> hashes) => [.. hashes.Select(hash => new Hash256(hash.Span))];

    private static async Task RefuseAsync(StatusCode code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
}
