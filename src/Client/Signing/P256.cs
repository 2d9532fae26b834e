using System.Numerics;

namespace KpGrpc.Client.Signing;

/// <summary>The numbers of the curve P-256 (SP 800-186, section 3.2.1.3) as keys and signatures carry them: 32 bytes, big-endian.</summary>
public static class P256
{
    /// <summary>Length in bytes of a coordinate, a private number, and each of the two halves of a signature.</summary>
    public const int NumberBytes = 32;

    /// <summary>Order of the curve's base point.</summary>
    public static BigInteger Order { get; } = ToNumber(Convert.FromHexString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));

    /// <summary>The highest s that a ledger takes, because of s and Order - s, which both verify, it takes the lower one.</summary>
    public static BigInteger HalfOrder { get; } = Order >> 1;

    /// <summary>Reads a number.</summary>
    /// <param name="bytes">The number, big-endian, of any length.</param>
    public static BigInteger ToNumber(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    /// <summary>Writes a number.</summary>
    /// <param name="number">0 to 2²⁵⁶ - 1.</param>
    /// <param name="destination">Where its <see cref="NumberBytes"/> bytes go.</param>
    public static void Write(BigInteger number, Span<byte> destination)
    {
        var bytes = destination[..NumberBytes];
        bytes.Clear();
        number.TryWriteBytes(bytes[(NumberBytes - number.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true);
    }
}
