using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Text;

namespace KpGrpc.MerkleLog.Tiles;

/// <summary>
/// Which tile of the tree (c2sp.org/tlog-tiles, section "Merkle Tree"): up to 256 neighbouring hashes of one tree
/// level that is a multiple of 8.
/// </summary>
/// <param name="Level">0 (leaf hashes) to 63; a tree under <see cref="TreeLimits.MaxSize"/> has levels 0 to 7.</param>
/// <param name="Index">Zero-based position within the level.</param>
/// <param name="Width">Hashes in the tile: 1 to 255 in a partial tile, 256 in a full one.</param>
public readonly record struct TileCoordinate(int Level, ulong Index, int Width)
{
    /// <summary>Tree levels in a tile.</summary>
    public const int Height = 8;

    /// <summary>Hashes in a full tile.</summary>
    public const int FullWidth = 1 << Height;

    /// <summary>Largest level in a path.</summary>
    public const int MaxLevel = 63;

    private const string Prefix = "tile/";

    /// <summary>Whether the tile has all its 256 hashes and so never changes.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>The node behind the tile's first hash; the others follow it in the same level.</summary>
    public NodeAddress FirstNode => new(Level * Height, Index * FullWidth);

    /// <summary>The path under the log's prefix, such as <c>tile/0/x001/x234/067.p/5</c>.</summary>
    /// <exception cref="InvalidOperationException">A part is outside its range.</exception>
    public string ToPath() =>
        Level is >= 0 and <= MaxLevel && TilePath.IsIndexAndWidth(Index, Width)
            ? $"{Prefix}{StrictDecimal.Format((ulong)Level)}/{TilePath.Format(Index, Width)}"
            : throw new InvalidOperationException($"There is no tile {Index} of width {Width} at level {Level}.");

    /// <summary>Reads a path under the log's prefix.</summary>
    /// <returns>False for every other text than <see cref="ToPath"/> gives.</returns>
    public static bool TryParse(ReadOnlySpan<char> path, out TileCoordinate tile)
    {
        tile = default;
        if (!path.StartsWith(Prefix))
        {
            return false;
        }

        path = path[Prefix.Length..];
        var slash = path.IndexOf('/');
        if (slash < 0
            || !StrictDecimal.TryParse(path[..slash], MaxLevel, out var level)
            || !TilePath.TryParse(path[(slash + 1)..], out var index, out var width))
        {
            return false;
        }

        tile = new TileCoordinate((int)level, index, width);
        return true;
    }
}
