using System.Buffers.Binary;
using System.Text;
using KpGrpc.MerkleLog.Text;

namespace KpGrpc.MerkleLog.Notes;

/// <summary>
/// The form of an Ed25519 cosignature, version 1 (c2sp.org/tlog-cosignature): <c>u64 time || 64-byte signature</c>
/// over <c>cosignature/v1\ntime &lt;seconds&gt;\n&lt;note text&gt;</c>. Pure.
/// </summary>
public static class Cosignature
{
    /// <summary>Length in bytes, without the key id.</summary>
    public const int Size = TimeSize + Ed25519Size;

    private const int TimeSize = sizeof(ulong);
    private const int Ed25519Size = 64;

    /// <summary>Reads the time that a cosignature claims; it is to be believed only once the signature has verified.</summary>
    /// <param name="signature">The bytes after the key id.</param>
    /// <param name="unixSeconds">Seconds since 1970-01-01T00:00:00Z, 0 to 2^63 − 1.</param>
    /// <returns>False if the bytes are no cosignature.</returns>
    public static bool TryReadTime(ReadOnlySpan<byte> signature, out long unixSeconds) =>
        TrySplit(signature, out unixSeconds, out _);

    /// <summary>The bytes that a cosigner signs.</summary>
    /// <param name="unixSeconds">Seconds since 1970-01-01T00:00:00Z, not negative.</param>
    /// <param name="noteText">The checkpoint's text with its final newline, without signatures.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static byte[] Message(long unixSeconds, ReadOnlySpan<byte> noteText)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unixSeconds);
        return [.. Encoding.ASCII.GetBytes($"cosignature/v1\ntime {StrictDecimal.Format((ulong)unixSeconds)}\n"), .. noteText];
    }

    internal static bool TrySplit(ReadOnlySpan<byte> signature, out long unixSeconds, out ReadOnlySpan<byte> ed25519)
    {
        unixSeconds = 0;
        ed25519 = default;
        if (signature.Length != Size)
        {
            return false;
        }

        unixSeconds = BinaryPrimitives.ReadInt64BigEndian(signature);
        ed25519 = signature[TimeSize..];
        return unixSeconds >= 0;
    }

    internal static byte[] Join(long unixSeconds, ReadOnlySpan<byte> ed25519)
    {
        var signature = new byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(signature, unixSeconds);
        ed25519.CopyTo(signature.AsSpan(TimeSize));
        return signature;
    }
}
