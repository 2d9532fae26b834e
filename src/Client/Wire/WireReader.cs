namespace KpGrpc.Client.Wire;

/// <summary>
/// Reads the fields of one message of the protobuf wire format without allocating. After a fault <see cref="IsFaulty"/>
/// stays true and <see cref="TryNext"/> gives no more fields. Never throws.
/// </summary>
/// <param name="message">The encoded message.</param>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> rest = message;

    /// <summary>Number of the present field.</summary>
    public int Field { get; private set; }

    /// <summary>Value of the present field where it is a varint or of fixed width; else 0.</summary>
    public ulong Value { get; private set; }

    /// <summary>Bytes of the present field where it is length-delimited; else empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>True once the bytes were found to be no message.</summary>
    public bool IsFaulty { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end, or at a fault.</returns>
    public bool TryNext()
    {
        if (rest.IsEmpty || IsFaulty)
        {
            return false;
        }

        var tag = ReadVarint();
        Field = (int)(tag >> 3);
        Value = 0;
        Bytes = default;
        if (Field <= 0 || tag >> 32 != 0)
        {
            return Fault();
        }

        switch (tag & 7)
        {
            case 0:
                Value = ReadVarint();
                return !IsFaulty;
            case 1:
                return TakeFixed(8);
            case 2:
                return TakeBytes(ReadVarint());
            case 5:
                return TakeFixed(4);
            default:
                return Fault();
        }
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var i = 0; i < Math.Min(rest.Length, WireWriter.VarintBytesMax); i++)
        {
            value |= (ulong)(rest[i] & 0x7F) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return value;
            }
        }

        Fault();
        return 0;
    }

    private bool TakeBytes(ulong length)
    {
        if (IsFaulty || length > (ulong)rest.Length)
        {
            return Fault();
        }

        Bytes = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    // No field of interest has a fixed width: only the place behind it matters.
    private bool TakeFixed(int width)
    {
        if (IsFaulty || width > rest.Length)
        {
            return Fault();
        }

        rest = rest[width..];
        return true;
    }

    private bool Fault()
    {
        IsFaulty = true;
        return false;
    }
}
