using System.Buffers.Binary;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.MerkleLog.Tests;

/// <summary>A log in memory with known leaves and a fixed key.</summary>
internal sealed class SampleLog : IDisposable
{
    public const string Origin = "example.com/sample";

    public SampleLog(IEnumerable<byte[]> leaves, string origin = Origin, byte seed = 7)
    {
        Leaves = [.. leaves];
        Signer = NoteSigner.FromSeed(origin, Enumerable.Repeat(seed, NoteSigner.SeedSize).ToArray());
        Span<MerkleNode> completed = stackalloc MerkleNode[TreeLimits.MaxNodesPerAppend];
        foreach (var leaf in Leaves)
        {
            Nodes.Add(completed[..Range.Append(MerkleHasher.HashLeaf(leaf), completed)]);
        }
    }

    public byte[][] Leaves { get; }

    public MemoryNodeStore Nodes { get; } = new();

    public CompactRange Range { get; } = new();

    public NoteSigner Signer { get; }

    public string Vkey => Signer.Verifier.ToString();

    /// <summary>A log of four-byte leaves that hold their own index.</summary>
    public static SampleLog OfSize(int size, string origin = Origin, byte seed = 7) =>
        new(Enumerable.Range(0, size).Select(Leaf), origin, seed);

    public static byte[] Leaf(int index)
    {
        var leaf = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(leaf, index);
        return leaf;
    }

    public SignedCheckpoint Checkpoint(ulong size) =>
        SignedCheckpoint.Sign(new Checkpoint(Signer.Verifier.Name, size, ProofBuilder.Root(Nodes, size)), Signer);

    public TlogProof Prove(ulong index, ulong size) =>
        new(index, ProofBuilder.Inclusion(Nodes, index, size), Checkpoint(size));

    public void Dispose() => Signer.Dispose();
}
