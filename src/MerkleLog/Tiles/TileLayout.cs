using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.MerkleLog.Tiles;

/// <summary>Which tiles a tree has and what is in them (c2sp.org/tlog-tiles, sections "Merkle Tree" and "Partial Tiles"). Pure.</summary>
public static class TileLayout
{
    /// <summary>Number of full tiles of a level: <c>floor(size / 256^(level + 1))</c>.</summary>
    /// <param name="level">0 to <see cref="TileCoordinate.MaxLevel"/>.</param>
    /// <param name="size">Number of leaves, at most <see cref="TreeLimits.MaxSize"/>.</param>
    public static ulong FullTiles(int level, ulong size) => Shift(size, level + 1);

    /// <summary>Hashes in the level's partial tile, <c>floor(size / 256^level) mod 256</c>; 0 where there is none.</summary>
    /// <param name="level">0 to <see cref="TileCoordinate.MaxLevel"/>.</param>
    /// <param name="size">Number of leaves, at most <see cref="TreeLimits.MaxSize"/>.</param>
    public static int PartialWidth(int level, ulong size) => (int)(Shift(size, level) % TileCoordinate.FullWidth);

    /// <summary>Whether a tree of this size has the tile, in this width or wider.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="size">Number of leaves, at most <see cref="TreeLimits.MaxSize"/>.</param>
    public static bool Contains(TileCoordinate tile, ulong size) =>
        tile.Level is >= 0 and <= TileCoordinate.MaxLevel
        && TilePath.IsIndexAndWidth(tile.Index, tile.Width)
        && tile.Index * TileCoordinate.FullWidth + (ulong)tile.Width <= Shift(size, tile.Level);

    /// <summary>A tile's bytes: its hashes from the left, 32 bytes each (8,192 in a full tile).</summary>
    /// <param name="nodes">The store of complete nodes.</param>
    /// <param name="tile">A tile that the stored tree <see cref="Contains"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">No tree has such a tile.</exception>
    /// <exception cref="MissingNodeException">The store holds fewer leaves, or is damaged.</exception>
    public static byte[] ReadTile(INodeReader nodes, TileCoordinate tile)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        if (!Contains(tile, TreeLimits.MaxSize))
        {
            throw new ArgumentOutOfRangeException(nameof(tile), tile, "No tree has such a tile.");
        }

        const int batch = 128;
        Span<NodeAddress> addresses = stackalloc NodeAddress[batch];
        Span<Hash256> hashes = stackalloc Hash256[batch];
        var bytes = new byte[tile.Width * Hash256.Size];
        var first = tile.FirstNode;
        for (var done = 0; done < tile.Width; done += batch)
        {
            var count = Math.Min(batch, tile.Width - done);
            for (var i = 0; i < count; i++)
            {
                addresses[i] = first with { Index = first.Index + (ulong)(done + i) };
            }

            nodes.ReadNodes(addresses[..count], hashes[..count]);
            for (var i = 0; i < count; i++)
            {
                hashes[i].CopyTo(bytes.AsSpan((done + i) * Hash256.Size));
            }
        }

        return bytes;
    }

    /// <summary>Reads a tile's bytes.</summary>
    /// <returns>False if the length is not 1 to 256 whole hashes.</returns>
    public static bool TryParseTile(ReadOnlySpan<byte> bytes, out Hash256[] hashes)
    {
        hashes = [];
        if (bytes.IsEmpty || bytes.Length % Hash256.Size != 0 || bytes.Length > TileCoordinate.FullWidth * Hash256.Size)
        {
            return false;
        }

        hashes = new Hash256[bytes.Length / Hash256.Size];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = new Hash256(bytes.Slice(i * Hash256.Size, Hash256.Size));
        }

        return true;
    }

    // size / 256^levels; C# would take a shift by 64 or more modulo 64.
    private static ulong Shift(ulong size, int levels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(levels);
        return levels < 8 ? size >> (levels * TileCoordinate.Height) : 0;
    }
}
