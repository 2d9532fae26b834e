using System.Security.Cryptography;

namespace KpGrpc.MerkleLog.Tests;

/// <summary>RFC 6962 section 2.1 word for word, over slices of arrays: slow, plain, and sharing no code with the library.</summary>
internal static class NaiveTree
{
    public static byte[] Root(ReadOnlySpan<byte[]> leaves) => leaves.Length switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. leaves[0]]),
        _ => SHA256.HashData([1, .. Root(leaves[..Split(leaves)]), .. Root(leaves[Split(leaves)..])]),
    };

    public static byte[][] Path(int index, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        var k = Split(leaves);
        return index < k
            ? [.. Path(index, leaves[..k]), Root(leaves[k..])]
            : [.. Path(index - k, leaves[k..]), Root(leaves[..k])];
    }

    public static byte[][] Proof(int oldSize, ReadOnlySpan<byte[]> leaves) => SubProof(oldSize, leaves, complete: true);

    private static byte[][] SubProof(int oldSize, ReadOnlySpan<byte[]> leaves, bool complete)
    {
        if (oldSize == leaves.Length)
        {
            return complete ? [] : [Root(leaves)];
        }

        var k = Split(leaves);
        return oldSize <= k
            ? [.. SubProof(oldSize, leaves[..k], complete), Root(leaves[k..])]
            : [.. SubProof(oldSize - k, leaves[k..], complete: false), Root(leaves[..k])];
    }

    private static int Split(ReadOnlySpan<byte[]> leaves)
    {
        var k = 1;
        while (2 * k < leaves.Length)
        {
            k *= 2;
        }

        return k;
    }
}
