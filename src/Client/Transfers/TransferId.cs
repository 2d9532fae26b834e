using System.Buffers.Binary;
using System.Security.Cryptography;

namespace KpGrpc.Client.Transfers;

/// <summary>Name of a transfer, 16 bytes, unique for its organisation on a ledger for ever. Ordered as its bytes are.</summary>
/// <param name="High">First 8 bytes, big-endian.</param>
/// <param name="Low">Last 8 bytes, big-endian.</param>
public readonly record struct TransferId(ulong High, ulong Low)
{
    /// <summary>Length, in bytes.</summary>
    public const int Size = 16;

    private const int RandomBytes = 10;
    private const int StoredIds = 256;

    // One look into the system's source of randomness makes many ids.
    [ThreadStatic]
    private static byte[]? randomness;

    [ThreadStatic]
    private static int used;

    /// <summary>True for the id that stands for none: 16 zero bytes.</summary>
    public bool IsEmpty => (High | Low) == 0;

    /// <summary>A new id: milliseconds since 1970 in 6 bytes, so that a store's newest ids stand together, then 10 random bytes.</summary>
    /// <param name="now">The time.</param>
    public static TransferId New(DateTimeOffset now)
    {
        randomness ??= new byte[RandomBytes * StoredIds];
        if (used == 0)
        {
            RandomNumberGenerator.Fill(randomness);
        }

        var own = randomness.AsSpan(used, RandomBytes);
        used = (used + RandomBytes) % randomness.Length;
        var high = ((ulong)now.ToUnixTimeMilliseconds() << 16) | BinaryPrimitives.ReadUInt16BigEndian(own);
        return new TransferId(high, BinaryPrimitives.ReadUInt64BigEndian(own[2..]));
    }

    /// <summary>Reads an id.</summary>
    /// <param name="bytes">16 bytes.</param>
    /// <exception cref="ArgumentException">There are fewer or more.</exception>
    public static TransferId FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new TransferId(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]))
        : throw new ArgumentException($"A transfer id has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Its 16 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), Low);
        return bytes;
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
