using System.Buffers.Binary;

namespace KpGrpc.LedgerServer.Execution;

/// <summary>A command's idempotency key: exactly 16 bytes, read big-endian, held by value.</summary>
/// <param name="Value">The 16 bytes as a big-endian number.</param>
internal readonly record struct IdempotencyKey(UInt128 Value)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads a key from the wire.</summary>
    /// <param name="bytes">Exactly 16 bytes.</param>
    /// <exception cref="ArgumentException">The length is not 16.</exception>
    public static IdempotencyKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"An idempotency key has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        return new IdempotencyKey(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>The 16 bytes as they came.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }
}
