using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.MerkleLog.Verification;

namespace KpGrpc.Client.Tests.LogViews;

/// <summary>A log in memory that signs what it is told to, also what it should not.</summary>
internal sealed class SmallLog : IDisposable
{
    public const string Origin = "log.example/main";

    private readonly NoteSigner signer = NoteSigner.FromSeed(Origin, new byte[NoteSigner.SeedSize]);
    private readonly MemoryNodeStore nodes = new();

    /// <param name="entries">Number of leaves.</param>
    /// <param name="changed">A leaf that differs from that of other logs; null for none.</param>
    public SmallLog(int entries, int? changed = null)
    {
        var range = new CompactRange();
        var completed = new MerkleNode[TreeLimits.MaxNodesPerAppend];
        for (var i = 0; i < entries; i++)
        {
            var count = range.Append(MerkleHasher.HashLeaf([(byte)i, (byte)(i == changed ? 1 : 0)]), completed);
            nodes.Add(completed.AsSpan(0, count));
        }
    }

    public TrustPolicy Policy => TrustPolicy.TryCreate(signer.Verifier.ToString(), null, 0, null, out var policy, out var fault) ? policy : throw new ArgumentException(fault);

    public static byte[] Leaf(int index) => [(byte)index, 0];

    public SignedCheckpoint Sign(ulong size) => SignedCheckpoint.Sign(new Checkpoint(Origin, size, ProofBuilder.Root(nodes, size)), signer);

    public Hash256[] Consistency(ulong oldSize, ulong newSize) => ProofBuilder.Consistency(nodes, oldSize, newSize);

    public Hash256[] Inclusion(ulong index, ulong size) => ProofBuilder.Inclusion(nodes, index, size);

    public void Dispose() => signer.Dispose();
}
