using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace KpGrpc.LedgerServer.Wire.Transfers;

/// <summary>
/// Writes fields of protobuf's wire format into a span that is long enough. As proto3 has it, numbers and texts of the
/// default value are left out.
/// </summary>
/// <param name="destination">Where to write.</param>
internal ref struct SpanWriter(Span<byte> destination)
{
    private const int TypeBits = 3;
    private readonly Span<byte> destination = destination;

    /// <summary>Bytes written so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes that a varint takes, 1 to 10.</summary>
    public static int VarintBytes(ulong value) => (64 - BitOperations.LeadingZeroCount(value | 1) + 6) / 7;

    /// <summary>Bytes that a number's field takes, with a field number below 16.</summary>
    public static int NumberBytes(ulong value) => value == 0 ? 0 : 1 + VarintBytes(value);

    /// <summary>Bytes that a text or message of a length takes with its head.</summary>
    public static int LengthBytes(int field, int length) => VarintBytes((ulong)field << TypeBits) + VarintBytes((ulong)length) + length;

    /// <summary>Writes a varint.</summary>
    public void Varint(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            destination[Position++] = (byte)(value | 0x80);
        }

        destination[Position++] = (byte)value;
    }

    /// <summary>Writes a number's field; nothing for 0.</summary>
    public void Number(int field, ulong value)
    {
        if (value != 0)
        {
            Varint((ulong)field << TypeBits);
            Varint(value);
        }
    }

    /// <summary>Writes the head of a text or message; its bytes follow.</summary>
    public void Head(int field, int length)
    {
        Varint(((ulong)field << TypeBits) | SpanReader.Bytes);
        Varint((ulong)length);
    }

    /// <summary>Writes a text's field, also an empty one.</summary>
    public void Text(int field, string text)
    {
        Head(field, Encoding.UTF8.GetByteCount(text));
        Position += Encoding.UTF8.GetBytes(text, destination[Position..]);
    }

    /// <summary>Writes 16 bytes without a head.</summary>
    public void Raw(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination[Position..], value);
        Position += 16;
    }
}
