using System.Buffers.Binary;
using System.Text;
using KpGrpc.InferenceServer.Torch;

namespace KpGrpc.InferenceServer.Tests.Torch;

public sealed class ElfVersionPatchTests
{
    private const string Strings = "\0new_symbol\0LIB_1.2\0LIB_1.0\0libx.so\0";

    [Theory]
    [InlineData("GLIBC_2.0", 0x0d696910u)]   // the value in the LSB 5 example of symbol versioning
    [InlineData("GLIBCXX_3.4", 0x08922974u)] // as readelf shows it in libstdc++.so.6
    [InlineData("", 0u)]
    public void Hash_KnownNames_IsTheSystemVHash(string name, uint expected) => Assert.Equal(expected, ElfVersionPatch.Hash(name));

    [Fact]
    public void Apply_SmallObject_ChangesTheNameTheHashAndTheOffsetAndNothingElse()
    {
        var image = Fixture();
        var before = image.ToArray();

        ElfVersionPatch.Apply(image, "new_symbol", "old_sym", "LIB_1.2", "LIB_1.0");

        var changed = Enumerable.Range(0, image.Length).Where(at => image[at] != before[at]).ToArray();
        // golden: the name at 65, the vernaux hash at 128 and its name offset at 136
        Assert.Equal("006F6C645F73796D000000004C49425F312E32004C49425F312E30006C6962782E736F00", Convert.ToHexString(image.AsSpan(64, 36)));
        Assert.Equal("010001001C00000010000000000000004024D800000002001400000000000000", Convert.ToHexString(image.AsSpan(112, 32)));
        Assert.All(changed, at => Assert.True(at is (>= 65 and < 75) or (>= 128 and < 132) or (>= 136 and < 140), $"byte {at} changed"));
    }

    [Fact]
    public void Apply_VersionThatIsNotNeeded_ThrowsAndChangesNothing()
    {
        var image = Fixture();
        var before = image.ToArray();

        Assert.Throws<InvalidDataException>(() => ElfVersionPatch.Apply(image, "new_symbol", "old_sym", "LIB_1.0", "LIB_1.2"));
        Assert.Throws<InvalidDataException>(() => ElfVersionPatch.Apply(image, "no_such", "old", "LIB_1.2", "LIB_1.0"));

        Assert.Equal(before, image);
    }

    [Fact]
    public void Apply_AnyTruncation_ThrowsInvalidData()
    {
        var whole = Fixture();
        for (var length = 0; length < whole.Length; length++)
        {
            var part = whole[..length];
            Assert.Throws<InvalidDataException>(() => ElfVersionPatch.Apply(part, "new_symbol", "old_sym", "LIB_1.2", "LIB_1.0"));
        }
    }

    /// <summary>Header (64) · strings at 64 (36, padded to 48) · version needs at 112 (32) · section table at 144 (3 × 64).</summary>
    private static byte[] Fixture()
    {
        var image = new byte[144 + (3 * 64)];
        "\x7f"u8.CopyTo(image);
        "ELF\x02\x01\x01"u8.CopyTo(image.AsSpan(1));
        BinaryPrimitives.WriteInt64LittleEndian(image.AsSpan(40), 144);
        BinaryPrimitives.WriteInt16LittleEndian(image.AsSpan(58), 64);
        BinaryPrimitives.WriteInt16LittleEndian(image.AsSpan(60), 3);
        Encoding.ASCII.GetBytes(Strings).CopyTo(image.AsSpan(64));
        WriteNeed(image.AsSpan(112));
        WriteSection(image.AsSpan(144 + 64), type: 3, offset: 64, size: 36, link: 0);
        WriteSection(image.AsSpan(144 + 128), type: 0x6ffffffe, offset: 112, size: 32, link: 1);
        return image;
    }

    private static void WriteNeed(Span<byte> at)
    {
        BinaryPrimitives.WriteInt16LittleEndian(at, 1);                                        // vn_version
        BinaryPrimitives.WriteInt16LittleEndian(at[2..], 1);                                   // vn_cnt
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], Strings.IndexOf("libx", StringComparison.Ordinal));
        BinaryPrimitives.WriteInt32LittleEndian(at[8..], 16);                                  // vn_aux
        BinaryPrimitives.WriteUInt32LittleEndian(at[16..], ElfVersionPatch.Hash("LIB_1.2"));   // vna_hash
        BinaryPrimitives.WriteInt16LittleEndian(at[22..], 2);                                  // vna_other
        BinaryPrimitives.WriteInt32LittleEndian(at[24..], Strings.IndexOf("LIB_1.2", StringComparison.Ordinal));
    }

    private static void WriteSection(Span<byte> at, int type, long offset, long size, int link)
    {
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], type);
        BinaryPrimitives.WriteInt64LittleEndian(at[24..], offset);
        BinaryPrimitives.WriteInt64LittleEndian(at[32..], size);
        BinaryPrimitives.WriteInt32LittleEndian(at[40..], link);
    }
}
