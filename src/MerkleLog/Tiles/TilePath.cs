using System.Globalization;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Text;

namespace KpGrpc.MerkleLog.Tiles;

/// <summary>The <c>&lt;N&gt;[.p/&lt;W&gt;]</c> of c2sp.org/tlog-tiles, shared by tiles and entry bundles.</summary>
internal static class TilePath
{
    private const string PartialMark = ".p/";

    /// <summary>Index of the last tile of a tree of the largest size.</summary>
    public const ulong MaxIndex = TreeLimits.MaxSize / TileCoordinate.FullWidth;

    public static bool IsIndexAndWidth(ulong index, int width) =>
        index <= MaxIndex && width is >= 1 and <= TileCoordinate.FullWidth;

    public static string Format(ulong index, int width)
    {
        var path = (index % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (var rest = index / 1000; rest != 0; rest /= 1000)
        {
            path = $"x{(rest % 1000).ToString("000", CultureInfo.InvariantCulture)}/{path}";
        }

        return width == TileCoordinate.FullWidth ? path : $"{path}{PartialMark}{StrictDecimal.Format((ulong)width)}";
    }

    public static bool TryParse(ReadOnlySpan<char> path, out ulong index, out int width)
    {
        index = 0;
        width = TileCoordinate.FullWidth;
        var mark = path.IndexOf(PartialMark);
        var number = path;
        if (mark >= 0)
        {
            if (!StrictDecimal.TryParse(path[(mark + PartialMark.Length)..], TileCoordinate.FullWidth - 1, out var partial) || partial == 0)
            {
                return false;
            }

            width = (int)partial;
            number = path[..mark];
        }

        // The longest index has six groups: reading no more keeps the sum from overflowing.
        const int maxNumberLength = 6 * 5;
        if (number.Length > maxNumberLength)
        {
            return false;
        }

        foreach (var range in number.Split('/'))
        {
            var group = number[range].TrimStart('x');
            if (group.Length != 3 || group.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            index = index * 1000 + ulong.Parse(group, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        // There is one way to write an index: compare with it instead of listing the wrong ones.
        return IsIndexAndWidth(index, width) && path.SequenceEqual(Format(index, width));
    }
}
