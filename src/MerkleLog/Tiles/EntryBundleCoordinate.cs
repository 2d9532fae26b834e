namespace KpGrpc.MerkleLog.Tiles;

/// <summary>Which bundle of leaves (c2sp.org/tlog-tiles, section "Log entries"): the leaves under one level 0 tile.</summary>
/// <param name="Index">Zero-based position; the first leaf is number <c>Index · 256</c>.</param>
/// <param name="Width">Leaves in the bundle: 1 to 255 in a partial bundle, 256 in a full one.</param>
public readonly record struct EntryBundleCoordinate(ulong Index, int Width)
{
    private const string Prefix = "tile/entries/";

    /// <summary>Index of the bundle's first leaf.</summary>
    public ulong FirstLeaf => Index * TileCoordinate.FullWidth;

    /// <summary>The path under the log's prefix, such as <c>tile/entries/x001/000.p/5</c>.</summary>
    /// <exception cref="InvalidOperationException">A part is outside its range.</exception>
    public string ToPath() =>
        TilePath.IsIndexAndWidth(Index, Width)
            ? Prefix + TilePath.Format(Index, Width)
            : throw new InvalidOperationException($"There is no entry bundle {Index} of width {Width}.");

    /// <summary>Reads a path under the log's prefix.</summary>
    /// <returns>False for every other text than <see cref="ToPath"/> gives.</returns>
    public static bool TryParse(ReadOnlySpan<char> path, out EntryBundleCoordinate bundle)
    {
        bundle = default;
        if (!path.StartsWith(Prefix) || !TilePath.TryParse(path[Prefix.Length..], out var index, out var width))
        {
            return false;
        }

        bundle = new EntryBundleCoordinate(index, width);
        return true;
    }
}
