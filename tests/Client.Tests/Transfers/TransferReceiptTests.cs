using Google.Protobuf;

using KpGrpc.Client.Receipts;
using KpGrpc.Client.Transfers;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Tests.Transfers;

public sealed class TransferReceiptTests
{
    [Fact]
    public void Verify_WithPath_VerifiedOfflineAndRefusedWhereChanged()
    {
        using var log = NoteSigner.Generate("example.com/log");
        var leaf = new Receipt { Sequence = 1, Status = ReceiptStatus.Accepted }.ToByteArray();
        var other = MerkleHasher.HashLeaf("other"u8);
        var root = MerkleHasher.HashNode(other, MerkleHasher.HashLeaf(leaf));
        var checkpoint = SignedCheckpoint.Sign(new Checkpoint("example.com/log", 2, root), log).ToString();
        var outcome = new SubmitOutcome { Leaf = ByteString.CopyFrom(leaf), LeafIndex = 1, Hashes = { ByteString.CopyFrom(other.AsSpan()) } };

        Assert.IsType<OfflineReceipt.Verified>(Receipt(outcome, checkpoint).Verify(log.Verifier.ToString()));
        Assert.Equal(MerkleHasher.HashLeaf(leaf), Receipt(outcome, checkpoint).LeafHash());
        Assert.IsType<OfflineReceipt.Refused>(Receipt(new SubmitOutcome(outcome) { LeafIndex = 0 }, checkpoint).Verify(log.Verifier.ToString()));
        Assert.IsType<OfflineReceipt.Refused>(Receipt(new SubmitOutcome(outcome) { Leaf = ByteString.CopyFromUtf8("x") }, checkpoint).Verify(log.Verifier.ToString()));
        Assert.IsType<OfflineReceipt.Refused>(Receipt(new SubmitOutcome(outcome) { Hashes = { ByteString.CopyFromUtf8("short") } }, checkpoint).Verify(log.Verifier.ToString()));
        Assert.IsType<OfflineReceipt.Refused>(Receipt(outcome, "not a note").Verify(log.Verifier.ToString()));
    }

    private static TransferReceipt Receipt(SubmitOutcome outcome, string checkpoint) => new(outcome, new byte[16], checkpoint);
}
