using System.Buffers.Binary;
using System.Text;

namespace KpGrpc.Client.Wire;

/// <summary>
/// Writes fields of the protobuf wire format (protobuf.dev/programming-guides/encoding) into a span that is long enough.
/// Fields of default value are the caller's to leave out, as proto3 does.
/// </summary>
/// <param name="destination">Where to write.</param>
internal ref struct WireWriter(Span<byte> destination)
{
    /// <summary>Most bytes of a varint of 64 bits.</summary>
    public const int VarintBytesMax = 10;

    private readonly Span<byte> destination = destination;

    /// <summary>Bytes written so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes that a varint takes, 1 to 10.</summary>
    public static int VarintBytes(ulong value) => (64 - System.Numerics.BitOperations.LeadingZeroCount(value | 1) + 6) / 7;

    /// <summary>Writes a varint.</summary>
    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            destination[Position++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[Position++] = (byte)value;
    }

    /// <summary>Writes a field of wire type varint.</summary>
    public void Varint(int field, ulong value)
    {
        Varint((ulong)(uint)field << 3);
        Varint(value);
    }

    /// <summary>Writes the head of a length-delimited field; its bytes follow.</summary>
    public void Head(int field, int length)
    {
        Varint(((ulong)(uint)field << 3) | 2);
        Varint((ulong)length);
    }

    /// <summary>Writes bytes without a head.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination[Position..]);
        Position += bytes.Length;
    }

    /// <summary>Writes 16 bytes without a head, high half first.</summary>
    public void Raw(ulong high, ulong low)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination[Position..], high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[(Position + 8)..], low);
        Position += 16;
    }

    /// <summary>Writes a field of bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Head(field, bytes.Length);
        Raw(bytes);
    }

    /// <summary>Writes a field of text whose UTF-8 length is known.</summary>
    public void Text(int field, string text, int utf8Length)
    {
        Head(field, utf8Length);
        Position += Encoding.UTF8.GetBytes(text, destination[Position..]);
    }
}
