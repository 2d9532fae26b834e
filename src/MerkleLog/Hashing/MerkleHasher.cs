using System.Buffers;
using System.Security.Cryptography;

namespace KpGrpc.MerkleLog.Hashing;

/// <summary>
/// The three hashes of RFC 6962 section 2.1 (unchanged in RFC 9162 section 2.1.1) with SHA-256. The prefixes keep a
/// leaf from being read as a node: without them a second preimage is trivial. Pure and thread-safe.
/// </summary>
public static class MerkleHasher
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int StackBytes = 1024;

    /// <summary>Root of the tree without leaves: <c>SHA-256("")</c>.</summary>
    public static Hash256 EmptyRoot { get; } = new(SHA256.HashData([]));

    /// <summary>Hash of one leaf: <c>SHA-256(0x00 || leaf)</c>. Allocates nothing that outlives the call.</summary>
    /// <param name="leaf">The leaf's bytes, of any length, also none.</param>
    public static Hash256 HashLeaf(ReadOnlySpan<byte> leaf)
    {
        var length = checked(leaf.Length + 1);
        byte[]? rented = null;
        var buffer = length <= StackBytes
            ? stackalloc byte[StackBytes]
            : rented = ArrayPool<byte>.Shared.Rent(length);
        buffer[0] = LeafPrefix;
        leaf.CopyTo(buffer[1..]);
        var hash = Digest(buffer[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return hash;
    }

    /// <summary>Hash of an inner node: <c>SHA-256(0x01 || left || right)</c>. Allocates nothing.</summary>
    /// <param name="left">Hash of the left child.</param>
    /// <param name="right">Hash of the right child.</param>
    public static Hash256 HashNode(in Hash256 left, in Hash256 right)
    {
        Span<byte> buffer = stackalloc byte[1 + 2 * Hash256.Size];
        buffer[0] = NodePrefix;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + Hash256.Size)..]);
        return Digest(buffer);
    }

    private static Hash256 Digest(ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        SHA256.HashData(message, digest);
        return new Hash256(digest);
    }
}
