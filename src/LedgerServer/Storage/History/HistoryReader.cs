using System.Text;

namespace KpGrpc.LedgerServer.Storage.History;

/// <summary>Reads the parts of a history row from left to right; every step checks the end.</summary>
internal ref struct HistoryReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>What is thrown where bytes are not as the encoder writes them.</summary>
    public static InvalidDataException Damaged() => new("a row of an account's history cannot be decoded");

    public byte Byte()
    {
        if (rest.IsEmpty)
        {
            throw Damaged();
        }

        var value = rest[0];
        rest = rest[1..];
        return value;
    }

    public ulong Number() => (ulong)Varint(64);

    /// <summary>A number that a <see cref="long"/> holds: an amount or a time.</summary>
    public long Whole()
    {
        var value = Number();
        return value <= long.MaxValue ? (long)value : throw Damaged();
    }

    /// <summary>A number of 32 bits.</summary>
    public uint Small()
    {
        var value = Number();
        return value <= uint.MaxValue ? (uint)value : throw Damaged();
    }

    public UInt128 Sum() => Varint(128);

    /// <summary>A number of lines, each of which takes bytes that are there.</summary>
    public int Count()
    {
        var count = Number();
        return count <= (ulong)rest.Length ? (int)count : throw Damaged();
    }

    public string Text()
    {
        var length = Number();
        if (length > (ulong)rest.Length || !Ascii.IsValid(rest[..(int)length]))
        {
            throw Damaged();
        }

        var text = Encoding.ASCII.GetString(rest[..(int)length]);
        rest = rest[(int)length..];
        return text;
    }

    /// <summary>Checks that nothing is left.</summary>
    public readonly void End()
    {
        if (!rest.IsEmpty)
        {
            throw Damaged();
        }
    }

    // As the encoder writes it: no bit beyond the last, and no empty byte at the end.
    private UInt128 Varint(int bits)
    {
        UInt128 value = 0;
        for (var shift = 0; shift < bits; shift += 7)
        {
            var next = Byte();
            if ((next == 0 && shift > 0) || (bits - shift < 7 && next >> (bits - shift) != 0))
            {
                throw Damaged();
            }

            value |= (UInt128)(next & 0x7F) << shift;
            if (next <= 0x7F)
            {
                return value;
            }
        }

        throw Damaged();
    }
}
