using System.Text;
using System.Text.Unicode;

namespace KpGrpc.LedgerServer.Wire.Transfers;

/// <summary>
/// Reads protobuf's wire format (protobuf.dev/programming-guides/encoding) from a span. Every method gives false where
/// the bytes are not plainly what it reads; nothing more is read then. Never throws.
/// </summary>
internal ref struct SpanReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>Wire type of numbers.</summary>
    public const int Varint = 0;

    /// <summary>Wire type of text, bytes and messages.</summary>
    public const int Bytes = 2;

    private const int VarintBytesMax = 10;
    private const int TypeBits = 3;
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Bytes that were not read yet; 0 once everything was.</summary>
    public readonly int Remaining => rest.Length;

    /// <summary>Reads a tag; false at the end too.</summary>
    public bool TryTag(out int field, out int wireType)
    {
        (field, wireType) = (0, 0);
        var before = rest;
        if (rest.IsEmpty || !TryNumber(out var tag) || tag > uint.MaxValue || tag >> TypeBits == 0)
        {
            rest = before;
            return false;
        }

        (field, wireType) = ((int)(tag >> TypeBits), (int)tag & ((1 << TypeBits) - 1));
        return true;
    }

    /// <summary>Reads a number of at most 64 bits.</summary>
    public bool TryNumber(out ulong value)
    {
        value = 0;
        for (var i = 0; i < VarintBytesMax && i < rest.Length; i++)
        {
            value |= (ulong)(rest[i] & 0x7F) << (7 * i);
            if (rest[i] <= 0x7F)
            {
                rest = rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads bytes behind their length.</summary>
    public bool TryBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryNumber(out var length) || length > (ulong)rest.Length)
        {
            return false;
        }

        value = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    /// <summary>Reads text; false where it is not valid UTF-8.</summary>
    public bool TryText(out string value)
    {
        value = string.Empty;
        if (!TryBytes(out var utf8) || !Utf8.IsValid(utf8))
        {
            return false;
        }

        value = Encoding.UTF8.GetString(utf8);
        return true;
    }

    /// <summary>Passes over the value of a field.</summary>
    public bool TrySkip(int wireType) => wireType switch
    {
        Varint => TryNumber(out _),
        Bytes => TryBytes(out _),
        _ => false,
    };
}
