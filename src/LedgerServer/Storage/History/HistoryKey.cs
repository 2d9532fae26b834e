using System.Buffers.Binary;

namespace KpGrpc.LedgerServer.Storage.History;

/// <summary>Key of a row of an account's history: ordinal of the account u32, sequence u64, big-endian.</summary>
internal static class HistoryKey
{
    /// <summary>Length in bytes.</summary>
    public const int Bytes = sizeof(uint) + sizeof(ulong);

    public static void Write(Span<byte> key, uint ordinal, ulong sequence)
    {
        BinaryPrimitives.WriteUInt32BigEndian(key, ordinal);
        BinaryPrimitives.WriteUInt64BigEndian(key[sizeof(uint)..], sequence);
    }

    public static byte[] Of(uint ordinal, ulong sequence)
    {
        var key = new byte[Bytes];
        Write(key, ordinal, sequence);
        return key;
    }

    public static uint Ordinal(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt32BigEndian(key);

    public static ulong Sequence(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt64BigEndian(key[sizeof(uint)..]);
}
