using System.Text;

using CsCheck;

using KpGrpc.LedgerServer.Log.Cosignatures;
using KpGrpc.LedgerServer.Witnessing;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.MerkleLog.Tiles;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Fuzzing;

/// <summary>
/// Texts of C2SP with bytes changed. Whatever is read must write to the very same bytes: two texts for one value would let
/// two parties verify different things.
/// </summary>
[Fuzzes(
    typeof(NoteVerifier), typeof(NoteSigner), typeof(Cosigner), typeof(NoteSignature), typeof(Cosignature),
    typeof(SignedNote), typeof(Checkpoint), typeof(SignedCheckpoint), typeof(TlogProof), typeof(EntryBundle), typeof(EntryBundleCoordinate), typeof(TileCoordinate),
    typeof(TileLayout), typeof(AddCheckpointRequest), typeof(WitnessPolicy))]
public sealed class NoteFuzzTests : IDisposable
{
    private const string Origin = "example.com/log";
    private static readonly int Rounds = TestScale.Of(5_000, 500_000);

    private readonly NoteSigner log = NoteSigner.FromSeed(Origin, new byte[NoteSigner.SeedSize]);
    private readonly Cosigner witness = Cosigner.FromSeed("example.com/witness", new byte[NoteSigner.SeedSize], TimeProvider.System);

    private SignedCheckpoint Signed
    {
        get
        {
            var checkpoint = SignedCheckpoint.Sign(new Checkpoint(Origin, 9, MerkleHasher.HashLeaf([1]), "extension"), log);
            return checkpoint.With(witness.Sign(checkpoint.Note.TextUtf8.Span));
        }
    }

    public void Dispose()
    {
        log.Dispose();
        witness.Dispose();
    }

    [Fact]
    public void VerifierKey_AnyChangedText_IsRefusedOrWritesToItself() => Mutations.Of($"{log.Verifier}", $"{witness.Verifier}").Sample(
        text =>
        {
            if (NoteVerifier.TryParse(text, out var key, out _))
            {
                // The key id may be in upper case, as golang.org/x/mod/sumdb/note takes it.
                Assert.Equal(text, key.ToString(), ignoreCase: true);
                Assert.Equal(text.Split('+', 3)[2], $"{key}".Split('+', 3)[2]);
            }

            try
            {
                Assert.Single(WitnessPolicy.Read([text], 1).Witnesses);
            }
            catch (StartupException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        },
        iter: Rounds);

    [Fact]
    public void PrivateKey_AnyChangedText_IsRefusedOrWritesToItself() =>
        Mutations.Of(log.ExportPrivateKey(), witness.ExportPrivateKey()).Sample(
            text =>
            {
                AssertRefusedOrSame(text, () =>
                {
                    using var key = NoteSigner.ParsePrivateKey(text);
                    return key.ExportPrivateKey();
                });
                AssertRefusedOrSame(text, () =>
                {
                    using var key = Cosigner.ParsePrivateKey(text, TimeProvider.System);
                    return key.ExportPrivateKey();
                });
            },
            iter: Rounds);

    [Fact]
    public void Checkpoint_AnyChangedNote_IsRefusedOrWritesToItself() => Mutations.Of(Signed.ToBytes()).Sample(
        bytes =>
        {
            if (SignedNote.TryParse(bytes, out var note, out _))
            {
                Assert.Equal(bytes, note.ToBytes());
                Assert.All(note.Signatures, line => Cosignature.TryReadTime(line.Signature.Span, out _));
                if (Checkpoint.TryParse(note.Text, out var checkpoint, out _))
                {
                    Assert.Equal(note.Text, checkpoint.ToString());
                }
            }

            if (SignedCheckpoint.TryParse(bytes, out var signed, out _))
            {
                Assert.Equal(bytes, signed.ToBytes());
                var whole = bytes.AsSpan().SequenceEqual(Signed.ToBytes());
                Assert.True(whole || signed.Note.Text == Signed.Note.Text || signed.Note.VerifyBy(log.Verifier) != NoteCheck.Verified);
            }
        },
        iter: Rounds);

    [Fact]
    public void SignatureLine_AnyChangedText_IsRefusedOrWritesToItself() =>
        Mutations.Of([.. Signed.Note.Signatures.Select(line => line.ToString())]).Sample(
            text => Assert.True(!NoteSignature.TryParse(text, out var line) || line.ToString() == text), iter: Rounds);

    [Fact]
    public void Proof_AnyChangedText_IsRefusedOrWritesToItself()
    {
        var proof = new TlogProof(3, [MerkleHasher.HashLeaf([1]), MerkleHasher.HashLeaf([2]), MerkleHasher.HashLeaf([3]), MerkleHasher.HashLeaf([4])], Signed, [1, 2, 3]);
        Mutations.Of(proof.ToBytes()).Sample(
            bytes => Assert.True(!TlogProof.TryParse(bytes, out var read, out _) || read.ToBytes().AsSpan().SequenceEqual(bytes)), iter: Rounds);
    }

    [Fact]
    public void AddCheckpoint_AnyChangedBody_IsRefusedOrWritesToItself() =>
        Mutations.Of(Encoding.UTF8.GetBytes(new AddCheckpointRequest(7, [MerkleHasher.EmptyRoot], Signed).ToString())).Sample(
            bytes => Assert.True(!AddCheckpointRequest.TryParse(bytes, out var read, out _) || Encoding.UTF8.GetBytes(read.ToString()).AsSpan().SequenceEqual(bytes)),
            iter: Rounds);

    [Fact]
    public void Bundle_AnyChangedBytes_IsRefusedOrWritesToItself() =>
        Mutations.Of(EntryBundle.Encode([new byte[3], new byte[300], Array.Empty<byte>()])).Sample(
            bytes => Assert.True(!EntryBundle.TryDecode(bytes, out var entries) || EntryBundle.Encode(entries).AsSpan().SequenceEqual(bytes)), iter: Rounds);

    [Fact]
    public void Tile_AnyChangedBytes_IsRefusedOrWritesToItself() =>
        Mutations.Of(new byte[Hash256.Size * 3], new byte[Hash256.Size * TileCoordinate.FullWidth]).Sample(
            bytes => Assert.True(!TileLayout.TryParseTile(bytes, out var hashes) || hashes.SelectMany(hash => hash.ToArray()).SequenceEqual(bytes)), iter: 2_000);

    [Fact]
    public void Path_AnyChangedText_IsRefusedOrWritesToItself() =>
        Mutations.Of(new TileCoordinate(2, 1_234_067, 17).ToPath(), new TileCoordinate(0, 5, 256).ToPath(), new EntryBundleCoordinate(1_001, 9).ToPath()).Sample(
            text =>
            {
                Assert.True(!TileCoordinate.TryParse(text, out var tile) || tile.ToPath() == text);
                Assert.True(!EntryBundleCoordinate.TryParse(text, out var bundle) || bundle.ToPath() == text);
            },
            iter: Rounds);

    private static void AssertRefusedOrSame(string text, Func<string> read)
    {
        try
        {
            Assert.Equal(text, read());
        }
        catch (FormatException refusal)
        {
            Assert.NotEmpty(refusal.Message);
        }
    }
}
