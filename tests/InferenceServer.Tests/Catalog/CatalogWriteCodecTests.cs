using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Tests.Catalog;

public sealed class CatalogWriteCodecTests
{
    [Fact]
    public void Encode_GoldenDelete_IsTheDocumentedBytes()
    {
        var write = new CatalogWrite(Enumerable.Repeat((byte)0xAA, 16).ToArray(), Enumerable.Repeat((byte)0xBB, 32).ToArray(), new CatalogAnswer(1, 2, 3, 4, ["x"]), [], ["y", "é"]);

        var bytes = CatalogWriteCodec.Encode(write);

        var expected = "01" + string.Concat(Enumerable.Repeat("AA", 16)) + string.Concat(Enumerable.Repeat("BB", 32))
            + "01000000" + "02000000" + "03000000" + "04000000" + "01000000" + "0178" + "00000000" + "02000000" + "0179" + "02C3A9";
        Assert.Equal(expected, Convert.ToHexString(bytes));
        Assert.Equal(["y", "é"], CatalogWriteCodec.Decode(bytes, _ => throw new InvalidOperationException()).Deleted);
    }
}
