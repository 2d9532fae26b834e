using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using KpGrpc.MerkleLog.Text;

namespace KpGrpc.MerkleLog.Hashing;

/// <summary>
/// A SHA-256 digest: 32 bytes held by value, so that trees of them need no allocation. The default value is 32 zero
/// bytes. Equality is not constant-time: digests in a log are public.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Hash256 : IEquatable<Hash256>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    // The bytes in memory order; the four words give alignment and fast comparison, never a numeric meaning.
    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;
    private readonly ulong _word3;

    /// <summary>Copies a digest.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException">The length is not 32.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        this = MemoryMarshal.Read<Hash256>(bytes);
    }

    /// <summary>The 32 bytes in place, without a copy; valid as long as the variable that holds this value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> AsSpan() =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in this, 1));

    /// <summary>Copies the 32 bytes to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination) => AsSpan().CopyTo(destination);

    /// <summary>A new array of the 32 bytes.</summary>
    public byte[] ToArray() => AsSpan().ToArray();

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string ToHex() => Convert.ToHexStringLower(AsSpan());

    /// <summary>Standard base64 with padding (RFC 4648 section 4): 44 characters.</summary>
    public string ToBase64() => Convert.ToBase64String(AsSpan());

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">The text is not 64 hexadecimal digits.</exception>
    public static Hash256 FromHex(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        if (hex.Length != 2 * Size)
        {
            throw new FormatException($"A hash has {2 * Size} hexadecimal digits, not {hex.Length}.");
        }

        return new Hash256(Convert.FromHexString(hex));
    }

    /// <summary>Reads the canonical base64 form (RFC 4648 section 4, padding present, unused bits zero).</summary>
    /// <returns>False if the text is anything but the 44 characters that <see cref="ToBase64"/> writes.</returns>
    public static bool TryFromBase64(ReadOnlySpan<char> text, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (StrictBase64.TryDecodeExact(text, bytes))
        {
            hash = new Hash256(bytes);
            return true;
        }

        hash = default;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(Hash256 other) =>
        _word0 == other._word0 && _word1 == other._word1 && _word2 == other._word2 && _word3 == other._word3;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _word0.GetHashCode();

    /// <summary>The hexadecimal form.</summary>
    public override string ToString() => ToHex();

    /// <summary>Whether both hold the same bytes.</summary>
    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    /// <summary>Whether they differ in any byte.</summary>
    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);
}
