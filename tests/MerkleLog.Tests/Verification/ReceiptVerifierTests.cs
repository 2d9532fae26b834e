using System.Text;
using CsCheck;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.MerkleLog.Verification;
using Microsoft.Extensions.Time.Testing;

namespace KpGrpc.MerkleLog.Tests.Verification;

public sealed class ReceiptVerifierTests : IDisposable
{
    private const ulong Index = 5;
    private const ulong Size = 13;
    private readonly SampleLog _log = SampleLog.OfSize(20);
    private readonly Cosigner[] _witnesses = [.. Enumerable.Range(1, 3).Select(Witness)];

    private byte[] Leaf => _log.Leaves[Index];

    public void Dispose()
    {
        _log.Dispose();
        Array.ForEach(_witnesses, witness => witness.Dispose());
    }

    [Fact]
    public void Verify_GoodReceipt_StatesWhatWasVerified()
    {
        var verified = Assert.IsType<ReceiptVerdict.Verified>(ReceiptVerifier.Verify(Leaf, _log.Prove(Index, Size).ToBytes(), _log.Vkey));
        Assert.Equal((SampleLog.Origin, Index, Size), (verified.Origin, verified.Index, verified.Size));
        Assert.Equal(ProofBuilder.Root(_log.Nodes, Size), verified.Root);
        Assert.Equal([new VerifiedSigner(SampleLog.Origin, _log.Signer.Verifier.KeyId, null)], verified.Signers);
    }

    [Fact]
    public void Verify_EveryIndexAndSize_IsVerified()
    {
        for (var size = 1UL; size <= 20; size++)
        {
            for (var index = 0UL; index < size; index++)
            {
                Assert.IsType<ReceiptVerdict.Verified>(
                    ReceiptVerifier.Verify(_log.Leaves[index], _log.Prove(index, size).ToBytes(), _log.Vkey));
            }
        }
    }

    [Fact]
    public void Verify_AnyBitOfTheProofFlipped_IsRefused()
    {
        var bytes = _log.Prove(Index, Size).ToBytes();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsType<ReceiptVerdict.Refused>(ReceiptVerifier.Verify(Leaf, bytes, _log.Vkey));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Verify_AnyBitOfTheLeafFlipped_IsRootMismatch()
    {
        var proof = _log.Prove(Index, Size).ToBytes();
        for (var bit = 0; bit < 8 * Leaf.Length; bit++)
        {
            byte[] leaf = [.. Leaf];
            leaf[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(RefusalReason.RootMismatch, ReceiptVerifier.Verify(leaf, proof, _log.Vkey));
        }
    }

    [Fact]
    public void Verify_SurplusOrMissingHash_IsWrongLength()
    {
        var proof = _log.Prove(Index, Size);
        foreach (Hash256[] hashes in new Hash256[][] { [.. proof.Hashes, default], [.. proof.Hashes.Skip(1)], [] })
        {
            var changed = new TlogProof(Index, hashes, proof.Checkpoint);
            AssertRefused(RefusalReason.WrongProofLength, ReceiptVerifier.Verify(Leaf, changed.ToBytes(), _log.Vkey));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Verify_CheckpointOlderThanTheLeaf_IsIndexOutsideTree(ulong size)
    {
        var old = new TlogProof(Index, ProofBuilder.Inclusion(_log.Nodes, Index, Size), _log.Checkpoint(size));
        AssertRefused(RefusalReason.IndexOutsideTree, ReceiptVerifier.Verify(Leaf, old.ToBytes(), _log.Vkey));
    }

    [Fact]
    public void Verify_OtherOrigin_IsOriginMismatch()
    {
        using var other = SampleLog.OfSize(20, "example.com/other");
        AssertRefused(RefusalReason.OriginMismatch, ReceiptVerifier.Verify(Leaf, other.Prove(Index, Size).ToBytes(), _log.Vkey));
        var swapped = SignedCheckpoint.Sign(new Checkpoint("example.com/other", Size, ProofBuilder.Root(_log.Nodes, Size)), _log.Signer);
        var proof = new TlogProof(Index, ProofBuilder.Inclusion(_log.Nodes, Index, Size), swapped);
        AssertRefused(RefusalReason.OriginMismatch, ReceiptVerifier.Verify(Leaf, proof.ToBytes(), _log.Vkey));
    }

    [Fact]
    public void Verify_ForeignKeyOfTheSameName_IsUnknownKey()
    {
        using var foreign = SampleLog.OfSize(20, seed: 8);
        AssertRefused(RefusalReason.UnknownLogKey, ReceiptVerifier.Verify(Leaf, foreign.Prove(Index, Size).ToBytes(), _log.Vkey));
    }

    [Fact]
    public void Verify_ForgedSignature_IsBadSignature()
    {
        var checkpoint = _log.Checkpoint(Size).With(new NoteSignature(SampleLog.Origin, _log.Signer.Verifier.KeyId, new byte[64]));
        AssertRefused(RefusalReason.BadLogSignature, ReceiptVerifier.Verify(Leaf, Prove(checkpoint), _log.Vkey));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 2, false)]
    [InlineData(2, 2, true)]
    [InlineData(3, 2, true)]
    public void Verify_Quorum_CountsTrustedWitnesses(int cosigned, int quorum, bool verified)
    {
        var checkpoint = _witnesses.Take(cosigned).Aggregate(_log.Checkpoint(Size), Cosign);
        var verdict = ReceiptVerifier.Verify(Leaf, Prove(checkpoint), _log.Vkey, Vkeys(), quorum);
        if (!verified)
        {
            AssertRefused(RefusalReason.TooFewWitnesses, verdict);
            return;
        }

        var signers = Assert.IsType<ReceiptVerdict.Verified>(verdict).Signers;
        Assert.Equal(1 + cosigned, signers.Count);
        Assert.All(signers.Skip(1), signer => Assert.Equal(1_700_000_000, signer.CosignedAtUnixSeconds));
    }

    [Fact]
    public void Verify_OneWitnessManyTimes_CountsOnce()
    {
        var checkpoint = Enumerable.Repeat(_witnesses[0], 3).Aggregate(_log.Checkpoint(Size), Cosign);
        AssertRefused(RefusalReason.TooFewWitnesses, ReceiptVerifier.Verify(Leaf, Prove(checkpoint), _log.Vkey, Vkeys(), 2));
    }

    [Fact]
    public void Verify_CosignatureOfAnotherCheckpoint_IsBadWitness()
    {
        var stolen = _witnesses[0].Sign(_log.Checkpoint(Size + 1).Note.TextUtf8.Span);
        AssertRefused(
            RefusalReason.BadWitnessSignature, ReceiptVerifier.Verify(Leaf, Prove(_log.Checkpoint(Size).With(stolen)), _log.Vkey, Vkeys(), 1));
    }

    [Fact]
    public void Verify_UnusablePolicy_IsRefused()
    {
        var proof = _log.Prove(Index, Size).ToBytes();
        string[] twice = [Vkeys()[0], Vkeys()[0]];
        ReceiptVerdict[] verdicts =
        [
            ReceiptVerifier.Verify(Leaf, proof, (string?)null),
            ReceiptVerifier.Verify(Leaf, proof, (TrustPolicy?)null),
            ReceiptVerifier.Verify(Leaf, proof, "no key"),
            ReceiptVerifier.Verify(Leaf, proof, Vkeys()[0]),
            ReceiptVerifier.Verify(Leaf, proof, _log.Vkey, [_log.Vkey], 1),
            ReceiptVerifier.Verify(Leaf, proof, _log.Vkey, twice, 2),
            ReceiptVerifier.Verify(Leaf, proof, _log.Vkey, Vkeys(), 4),
            ReceiptVerifier.Verify(Leaf, proof, _log.Vkey, Vkeys(), -1),
            ReceiptVerifier.Verify(Leaf, proof, _log.Vkey, [null!], 1),
        ];
        Assert.All(verdicts, verdict => AssertRefused(RefusalReason.InvalidPolicy, verdict));
    }

    [Fact]
    public void Verify_AnyBytes_IsMalformed() => Gen.Select(Gen.Byte.Array, Gen.Byte.Array, Gen.String).Sample((leaf, proof, key) =>
    {
        AssertRefused(RefusalReason.MalformedProof, ReceiptVerifier.Verify(leaf, proof, _log.Vkey));
        AssertRefused(RefusalReason.InvalidPolicy, ReceiptVerifier.Verify(leaf, proof, key));
    });

    [Fact]
    public void Verify_ExtraDataAndUnknownSignatures_AreIgnored()
    {
        var checkpoint = _log.Checkpoint(Size).With(new NoteSignature("someone", 1, Encoding.ASCII.GetBytes("else")));
        var proof = new TlogProof(Index, ProofBuilder.Inclusion(_log.Nodes, Index, Size), checkpoint, [1, 2, 3]);
        Assert.IsType<ReceiptVerdict.Verified>(ReceiptVerifier.Verify(Leaf, proof.ToBytes(), _log.Vkey));
    }

    private static Cosigner Witness(int number) => Cosigner.FromSeed(
        $"witness{number}.example",
        Enumerable.Repeat((byte)number, NoteSigner.SeedSize).ToArray(),
        new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)));

    private static SignedCheckpoint Cosign(SignedCheckpoint checkpoint, Cosigner witness) =>
        checkpoint.With(witness.Sign(checkpoint.Note.TextUtf8.Span));

    private static void AssertRefused(RefusalReason reason, ReceiptVerdict verdict)
    {
        var refused = Assert.IsType<ReceiptVerdict.Refused>(verdict);
        Assert.Equal(reason, refused.Reason);
        Assert.NotEmpty(refused.Message);
    }

    private string[] Vkeys() => [.. _witnesses.Select(witness => witness.Verifier.ToString())];

    private byte[] Prove(SignedCheckpoint checkpoint) =>
        new TlogProof(Index, ProofBuilder.Inclusion(_log.Nodes, Index, Size), checkpoint).ToBytes();
}
