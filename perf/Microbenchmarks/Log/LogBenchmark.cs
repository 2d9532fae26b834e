using System.Security.Cryptography;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.MerkleLog.Verification;
using KpGrpc.Perf.Figures;
using NSec.Cryptography;

namespace KpGrpc.Microbenchmarks.Log;

/// <summary>
/// Measures the Merkle log on one thread beside what bounds it, in the same run: SHA-256 of one node's 65 bytes, and
/// one Ed25519 verification. A ratio is given against the limit for the work in question: an append hashes a leaf and
/// on average one node, a proof's check hashes as many nodes as the tree is high.
/// </summary>
public sealed class LogBenchmark(Stopclock clock) : IDisposable
{
    private const int TreeSize = 1 << 17;
    private const int LeafBytes = 64;
    private const string RawHash = "raw SHA-256 of 65 B";
    private const string RawVerify = "raw Ed25519 verify by NSec";

    private readonly CompactRange _range = new();
    private readonly MemoryNodeStore _nodes = new();
    private readonly MerkleNode[] _completed = new MerkleNode[TreeLimits.MaxNodesPerAppend];
    private readonly NoteSigner _signer = NoteSigner.Generate("example.com/benchmark");
    private readonly byte[] _leaf = new byte[LeafBytes];
    private Hash256 _sink;

    /// <summary>Runs everything; about half a minute.</summary>
    /// <exception cref="InvalidOperationException">Something that was measured gave a wrong result.</exception>
    public IReadOnlyList<Figure> Run()
    {
        for (var i = 0; i < TreeSize; i++)
        {
            _nodes.Add(_completed.AsSpan(0, _range.Append(MerkleHasher.HashLeaf(_leaf), _completed)));
        }

        var hashes = clock.PerSecond(HashRaw, 10_000);
        var verifications = clock.PerSecond(VerifyRaw, 200);
        var height = ProofVerifier.InclusionLength(0, TreeSize);
        var appends = clock.PerSecond(Append, 10_000);
        var checks = clock.PerSecond(VerifyProofs(height), 1_000);
        var receipts = clock.PerSecond(VerifyReceipt(), 200);

        // A limit that was disturbed would flatter all that stands beside it, so limits are measured before and after.
        hashes = Math.Max(hashes, clock.PerSecond(HashRaw, 10_000));
        verifications = Math.Max(verifications, clock.PerSecond(VerifyRaw, 200));
        return
        [
            Rate("sha256.65-bytes", hashes),
            Rate("ed25519.verify", verifications),
            Rate("merkle-log.append", appends, $"{RawHash}, 2 an append", hashes / 2),
            AllocationPerAppend(),
            Rate("merkle-log.root", clock.PerSecond(Root, 10_000)),
            Rate("merkle-log.prove-inclusion", clock.PerSecond(Prove, 10_000)),
            Rate("merkle-log.verify-inclusion", checks, $"{RawHash}, {height} a proof", hashes / height),
            Rate("merkle-log.sign-checkpoint", clock.PerSecond(Sign, 200)),
            Rate("merkle-log.verify-receipt", receipts, RawVerify, verifications),
        ];
    }

    /// <summary>Clears the key.</summary>
    public void Dispose() => _signer.Dispose();

    private static Figure Rate(string name, double value, string? peer = null, double? limit = null) => new()
    {
        Name = name,
        Metric = "throughput",
        Value = Math.Round(value),
        Unit = "1/s",
        Peer = peer,
        Ratio = limit is null ? null : Math.Round(value / limit.Value, 4),
    };

    private static void HashRaw(int times)
    {
        Span<byte> node = stackalloc byte[1 + 2 * Hash256.Size];
        Span<byte> digest = stackalloc byte[Hash256.Size];
        for (var i = 0; i < times; i++)
        {
            SHA256.HashData(node, digest);
        }
    }

    private void VerifyRaw(int times)
    {
        var text = "a checkpoint is about as long as this text, which is one hundred and ten bytes, give or take a few of them"u8;
        var signature = _signer.Sign(text).Signature.Span;
        var key = PublicKey.Import(SignatureAlgorithm.Ed25519, _signer.Verifier.PublicKeyBytes.Span, KeyBlobFormat.RawPublicKey);
        for (var i = 0; i < times; i++)
        {
            Expect(SignatureAlgorithm.Ed25519.Verify(key, text, signature));
        }
    }

    private void Append(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _range.Append(MerkleHasher.HashLeaf(_leaf), _completed);
        }
    }

    private Figure AllocationPerAppend()
    {
        const int appends = 100_000;
        Append(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Append(appends);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return new Figure { Name = "merkle-log.append", Metric = "allocation", Value = (double)bytes / appends, Unit = "By" };
    }

    private void Root(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _sink = _range.Root();
        }
    }

    private void Prove(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _sink = ProofBuilder.Inclusion(_nodes, (ulong)i, TreeSize)[0];
        }
    }

    private Action<int> VerifyProofs(int height)
    {
        var proof = ProofBuilder.Inclusion(_nodes, TreeSize / 3, TreeSize);
        var root = ProofBuilder.Root(_nodes, TreeSize);
        var leaf = MerkleHasher.HashLeaf(_leaf);
        Expect(proof.Length == height);
        return times =>
        {
            for (var i = 0; i < times; i++)
            {
                Expect(ProofVerifier.VerifyInclusion(leaf, TreeSize / 3, TreeSize, proof, root));
            }
        };
    }

    private void Sign(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Expect(SignedCheckpoint.Sign(new Checkpoint(_signer.Verifier.Name, TreeSize, _sink), _signer).Checkpoint.Size == TreeSize);
        }
    }

    private Action<int> VerifyReceipt()
    {
        var checkpoint = SignedCheckpoint.Sign(
            new Checkpoint(_signer.Verifier.Name, TreeSize, ProofBuilder.Root(_nodes, TreeSize)), _signer);
        var receipt = new TlogProof(7, ProofBuilder.Inclusion(_nodes, 7, TreeSize), checkpoint).ToBytes();
        Expect(TrustPolicy.TryCreate(_signer.Verifier.ToString(), null, 0, null, out var policy, out _));
        return times =>
        {
            for (var i = 0; i < times; i++)
            {
                Expect(ReceiptVerifier.Verify(_leaf, receipt, policy) is ReceiptVerdict.Verified);
            }
        };
    }

    private static void Expect(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("A measured operation gave a wrong result.");
        }
    }
}
