using System.Buffers.Binary;

namespace KpGrpc.MerkleLog.Tiles;

/// <summary>
/// The bytes of an entry bundle (c2sp.org/tlog-tiles, section "Log entries"): every leaf after its length as a
/// big-endian uint16. Pure.
/// </summary>
public static class EntryBundle
{
    /// <summary>Longest leaf in bytes: a log that is to be served as tiles must not admit a longer one.</summary>
    public const int MaxEntrySize = ushort.MaxValue;

    /// <summary>Writes a bundle.</summary>
    /// <param name="entries">1 to 256 leaves, each at most <see cref="MaxEntrySize"/> bytes.</param>
    /// <exception cref="ArgumentException">There are none or too many leaves, or one is too long.</exception>
    public static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count is 0 or > TileCoordinate.FullWidth)
        {
            throw new ArgumentException($"A bundle has 1 to {TileCoordinate.FullWidth} entries, not {entries.Count}.", nameof(entries));
        }

        if (entries.FirstOrDefault(entry => entry.Length > MaxEntrySize) is { Length: > 0 } tooLong)
        {
            throw new ArgumentException($"An entry has at most {MaxEntrySize} bytes, not {tooLong.Length}.", nameof(entries));
        }

        var bytes = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        var rest = bytes.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + entry.Length)..];
        }

        return bytes;
    }

    /// <summary>Reads a bundle; the leaves are slices of <paramref name="bytes"/>.</summary>
    /// <returns>False if it holds none, more than 256, or ends within a leaf.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        entries = [];
        while (!bytes.IsEmpty)
        {
            if (found.Count == TileCoordinate.FullWidth
                || !BinaryPrimitives.TryReadUInt16BigEndian(bytes.Span, out var length)
                || bytes.Length < sizeof(ushort) + length)
            {
                return false;
            }

            found.Add(bytes.Slice(sizeof(ushort), length));
            bytes = bytes[(sizeof(ushort) + length)..];
        }

        entries = found;
        return found.Count != 0;
    }
}
