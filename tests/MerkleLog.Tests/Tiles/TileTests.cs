using System.Text;
using CsCheck;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Tests.Vectors;
using KpGrpc.MerkleLog.Tiles;

namespace KpGrpc.MerkleLog.Tests.Tiles;

public sealed class TileTests
{
    [Fact]
    public void ToPath_VectorIndexes_GivesVectorPaths()
    {
        foreach (var vector in VectorFile.Notes.GetProperty("tileMath").GetProperty("indexPath").EnumerateObject())
        {
            var tile = new TileCoordinate(0, ulong.Parse(vector.Name, provider: null), TileCoordinate.FullWidth);
            Assert.Equal($"tile/0/{vector.Value.GetString()}", tile.ToPath());
            Assert.True(TileCoordinate.TryParse(tile.ToPath(), out var read));
            Assert.Equal(tile, read);
        }
    }

    [Fact]
    public void Layout_VectorSizes_GivesVectorTiles()
    {
        var math = VectorFile.Notes.GetProperty("tileMath");
        foreach (var (name, size) in new[] { ("tree70000", 70_000UL), ("tree256", 256UL) })
        {
            foreach (var vector in math.GetProperty(name).EnumerateObject())
            {
                var level = vector.Name["level".Length] - '0';
                var actual = vector.Name.EndsWith("_full", StringComparison.Ordinal)
                    ? TileLayout.FullTiles(level, size)
                    : (ulong)TileLayout.PartialWidth(level, size);
                Assert.Equal(vector.Value.GetUInt64(), actual);
            }
        }

        Assert.Equal(0UL, TileLayout.FullTiles(TileCoordinate.MaxLevel, TreeLimits.MaxSize));
        Assert.Equal(127, TileLayout.PartialWidth(7, TreeLimits.MaxSize));
    }

    [Fact]
    public void ReadTile_VectorLog_GivesVectorTiles()
    {
        var vector = VectorFile.Notes.GetProperty("tessera-testdata-log");
        using var log = new SampleLog(vector.Texts("entriesUtf8").Select(Encoding.UTF8.GetBytes));
        foreach (var entry in vector.GetProperty("tiles_level0").EnumerateObject())
        {
            Assert.True(TileCoordinate.TryParse(entry.Name, out var tile));
            Assert.Equal(entry.Name, tile.ToPath());
            var bytes = TileLayout.ReadTile(log.Nodes, tile);
            Assert.Equal(entry.Value.GetString(), Convert.ToHexStringLower(bytes));
            Assert.True(TileLayout.TryParseTile(bytes, out var hashes));
            Assert.Equal(tile.Width, hashes.Length);
        }
    }

    [Fact]
    public void Encode_VectorEntries_GivesVectorBundles()
    {
        var vector = VectorFile.Notes.GetProperty("tessera-testdata-log");
        var entries = vector.Texts("entriesUtf8").Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text)).ToArray();
        foreach (var item in vector.GetProperty("entryBundles").EnumerateObject())
        {
            Assert.True(EntryBundleCoordinate.TryParse(item.Name, out var bundle));
            Assert.Equal(item.Name, bundle.ToPath());
            var bytes = EntryBundle.Encode(entries[..bundle.Width]);
            Assert.Equal(item.Value.GetString(), Convert.ToHexStringLower(bytes));
            Assert.True(EntryBundle.TryDecode(bytes, out var read));
            Assert.Equal(entries[..bundle.Width].Select(entry => entry.ToArray()), read.Select(entry => entry.ToArray()));
        }
    }

    [Fact]
    public void ReadTile_FullLevelOne_HashesFullTilesBelow()
    {
        using var log = SampleLog.OfSize(600);
        var bytes = TileLayout.ReadTile(log.Nodes, new TileCoordinate(1, 0, 2));
        Assert.True(TileLayout.TryParseTile(bytes, out var hashes));
        Assert.Equal(NaiveTree.Root(log.Leaves.AsSpan(256, 256)), hashes[1].ToArray());
        Assert.Equal(8192, TileLayout.ReadTile(log.Nodes, new TileCoordinate(0, 1, 256)).Length);
        Assert.True(TileLayout.Contains(new TileCoordinate(0, 2, 88), 600));
        Assert.False(TileLayout.Contains(new TileCoordinate(0, 2, 89), 600));
        Assert.Throws<ArgumentOutOfRangeException>(() => TileLayout.ReadTile(log.Nodes, new TileCoordinate(8, 0, 1)));
    }

    [Theory]
    [InlineData("tile/0/5")]
    [InlineData("tile/00/005")]
    [InlineData("tile/64/005")]
    [InlineData("tile/0/x000/005")]
    [InlineData("tile/0/001/005")]
    [InlineData("tile/0/xx001/005")]
    [InlineData("tile/0/x005")]
    [InlineData("tile/0/005.p/0")]
    [InlineData("tile/0/005.p/256")]
    [InlineData("tile/0/005.p/01")]
    [InlineData("tile/0/005/")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/entries/005")]
    public void TryParse_OtherPath_IsRefused(string path) => Assert.False(TileCoordinate.TryParse(path, out _));

    [Fact]
    public void TryParse_WrittenPath_GivesItBack() =>
        Gen.Select(Gen.Int[0, 63], Gen.ULong[0, TreeLimits.MaxSize / 256], Gen.Int[1, 256]).Sample((level, index, width) =>
        {
            var tile = new TileCoordinate(level, index, width);
            Assert.True(TileCoordinate.TryParse(tile.ToPath(), out var readTile));
            Assert.Equal(tile, readTile);
            var bundle = new EntryBundleCoordinate(index, width);
            Assert.True(EntryBundleCoordinate.TryParse(bundle.ToPath(), out var readBundle));
            Assert.Equal(bundle, readBundle);
        });

    [Fact]
    public void TryParse_AnyInput_NeverThrows() => Gen.Byte.Array.Sample(bytes =>
    {
        _ = EntryBundle.TryDecode(bytes, out _);
        _ = TileLayout.TryParseTile(bytes, out _);
        _ = TileCoordinate.TryParse("tile/0/" + Encoding.Latin1.GetString(bytes), out _);
        _ = EntryBundleCoordinate.TryParse("tile/entries/" + Encoding.Latin1.GetString(bytes), out _);
    });

    [Fact]
    public void Encode_EntryTooLong_Throws()
    {
        Assert.Equal(EntryBundle.MaxEntrySize + 2, EntryBundle.Encode([new byte[EntryBundle.MaxEntrySize]]).Length);
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([new byte[EntryBundle.MaxEntrySize + 1]]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([]));
    }
}
