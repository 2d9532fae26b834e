using System.Buffers.Binary;
using System.Numerics;

using Microsoft.Win32.SafeHandles;

namespace KpGrpc.LedgerServer.Storage;

/// <summary>
/// Tells a torn end of RocksDB's write-ahead log from a damaged one. RocksDB takes a record that is longer than the rest
/// of the file for torn, and drops it with all that stands behind it; so one changed bit in a length would drop commits
/// that were acknowledged. A torn record has no valid checksum at any length; a damaged length or type leaves one.
/// </summary>
/// <remarks>
/// Format: blocks of 32 KiB of records, u32 masked CRC-32C of type and data | u16 length of the data | u8 type, 1 to 4 | data,
/// little-endian. Higher types are of recycled logs, which no release has made: RocksDB does not end when it meets one.
/// See https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format.
/// </remarks>
internal static class WriteAheadLogTail
{
    private const int BlockBytes = 32 * 1024;
    private const int HeadBytes = 7;
    private const byte FirstType = 1;
    private const byte LastType = 4;
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>Checks the end of every write-ahead log of a closed store.</summary>
    /// <param name="directory">The data folder.</param>
    /// <exception cref="InvalidDataException">A record's length or type is damaged: opening would drop what is durable.</exception>
    public static void Check(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory, "*.log").Order(StringComparer.Ordinal))
        {
            using var file = File.OpenHandle(path);
            var name = Path.GetFileName(path);
            if (FindTorn(file, name) is { } position && HoldsWholeRecord(file, position))
            {
                throw Damaged(name, position);
            }
        }
    }

    // Whole records are left to RocksDB, which checks their checksums and refuses wrong ones.
    private static long? FindTorn(SafeFileHandle file, string name)
    {
        var length = RandomAccess.GetLength(file);
        Span<byte> head = stackalloc byte[HeadBytes];
        var position = 0L;
        while (position + HeadBytes <= length)
        {
            var inBlock = BlockBytes - (position % BlockBytes);
            if (inBlock < HeadBytes)
            {
                position += inBlock;
                continue;
            }

            if (RandomAccess.Read(file, head, position) < HeadBytes)
            {
                return null;
            }

            if (head[6] > LastType)
            {
                throw Damaged(name, position);
            }

            var end = position + HeadBytes + BinaryPrimitives.ReadUInt16LittleEndian(head[4..]);
            if (end > length)
            {
                return position;
            }

            position = end;
        }

        return null;
    }

    // The type may have changed besides.
    private static bool HoldsWholeRecord(SafeFileHandle file, long position)
    {
        var rest = new byte[BlockBytes - (position % BlockBytes)];
        var record = rest.AsSpan(0, RandomAccess.Read(file, rest, position));
        for (var type = FirstType; type <= LastType; type++)
        {
            if (HoldsWholeRecord(record, type))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HoldsWholeRecord(ReadOnlySpan<byte> record, byte type)
    {
        var expected = BinaryPrimitives.ReadUInt32LittleEndian(record);
        var crc = BitOperations.Crc32C(uint.MaxValue, type);
        for (var at = HeadBytes; at < record.Length; at++)
        {
            crc = BitOperations.Crc32C(crc, record[at]);
            if (Mask(~crc) == expected)
            {
                return true;
            }
        }

        return false;
    }

    private static uint Mask(uint crc) => BitOperations.RotateRight(crc, 15) + MaskDelta;

    private static InvalidDataException Damaged(string name, long position) => new($"{name}: the head of the record at byte {position} is damaged");
}
