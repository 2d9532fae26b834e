using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Holds.Foreign;

/// <summary>A receipt of another ledger as a command brings it: nothing is believed before its proof is checked.</summary>
internal sealed record ForeignReceipt
{
    /// <summary>The leaf's bytes exactly as logged.</summary>
    public required ReadOnlyMemory<byte> Leaf { get; init; }

    /// <summary>Index of the leaf in the other log.</summary>
    public required ulong LeafIndex { get; init; }

    /// <summary>Inclusion path, leaf to root; null where one of the hashes has not 32 bytes.</summary>
    public required IReadOnlyList<Hash256>? Path { get; init; }

    /// <summary>The signed checkpoint that the path leads to.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>What the leaf says; null where it is not an encoded receipt.</summary>
    public required ForeignFacts? Facts { get; init; }

    /// <summary>RFC 6962 leaf hash.</summary>
    public Hash256 LeafHash => MerkleHasher.HashLeaf(Leaf.Span);
}
