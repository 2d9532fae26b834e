using System.Buffers.Binary;
using System.Text;

namespace KpGrpc.InferenceServer.Torch;

/// <summary>
/// Makes a shared object ask for an older name of one symbol, so that an older C++ runtime satisfies it.
/// Two edits in place, no byte moves: the symbol's name in the dynamic string table is overwritten by a shorter
/// name of the same function (NUL-padded), and the version-need entry is pointed at an older version.
/// </summary>
/// <remarks>
/// Layout: ELF-64 little-endian (System V gABI) and the symbol versioning of the Linux Standard Base 5,
/// sections <c>.gnu.version_r</c> (Elf64_Verneed, Elf64_Vernaux) and its linked string table.
/// </remarks>
internal static class ElfVersionPatch
{
    private const int SectionTypeVersionNeed = 0x6ffffffe;

    /// <summary>Patches <paramref name="image"/> in place.</summary>
    /// <param name="image">The whole file.</param>
    /// <param name="symbol">The symbol name to replace.</param>
    /// <param name="olderSymbol">Its replacement, at most as long.</param>
    /// <param name="version">The version needed now, for example <c>GLIBCXX_3.4.32</c>.</param>
    /// <param name="olderVersion">The version to need instead; the file must already need it for something else.</param>
    /// <exception cref="InvalidDataException">The file is no ELF-64, or lacks one of the names: nothing was changed.</exception>
    public static void Apply(Span<byte> image, string symbol, string olderSymbol, string version, string olderVersion)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(olderSymbol.Length, symbol.Length);
        var (needs, strings) = FindTables(image);
        var symbolAt = FindString(image, strings, symbol);
        var olderVersionAt = FindString(image, strings, olderVersion);
        var entry = FindVersionEntry(image, needs, strings, version);

        var name = image.Slice(strings.Offset + symbolAt, symbol.Length);
        name.Clear();
        Encoding.ASCII.GetBytes(olderSymbol, name);
        BinaryPrimitives.WriteUInt32LittleEndian(image[entry..], Hash(olderVersion));      // vna_hash
        BinaryPrimitives.WriteInt32LittleEndian(image[(entry + 8)..], olderVersionAt);      // vna_name
    }

    /// <summary>The System V ELF hash of a name (gABI, chapter 5, "Hash Table").</summary>
    public static uint Hash(string name)
    {
        uint hash = 0;
        foreach (var letter in Encoding.ASCII.GetBytes(name))
        {
            hash = (hash << 4) + letter;
            var high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }

    private static (Section Needs, Section Strings) FindTables(ReadOnlySpan<byte> image)
    {
        if (image.Length < 64 || !image.StartsWith("\x7f"u8) || !image[1..].StartsWith("ELF\x02\x01"u8))
        {
            throw new InvalidDataException("The file is not a little-endian ELF-64 file.");
        }

        var table = checked((int)BinaryPrimitives.ReadInt64LittleEndian(image[40..]));     // e_shoff
        var size = BinaryPrimitives.ReadUInt16LittleEndian(image[58..]);                    // e_shentsize
        var count = BinaryPrimitives.ReadUInt16LittleEndian(image[60..]);                   // e_shnum
        for (var i = 0; i < count; i++)
        {
            var header = Within(image, table + i * size, 64);
            if (BinaryPrimitives.ReadInt32LittleEndian(header[4..]) == SectionTypeVersionNeed)
            {
                var link = BinaryPrimitives.ReadInt32LittleEndian(header[40..]);            // sh_link: its string table
                return (Section.Read(header), Section.Read(Within(image, table + link * size, 64)));
            }
        }

        throw new InvalidDataException("The file has no version-need section.");
    }

    private static int FindString(ReadOnlySpan<byte> image, Section strings, string text)
    {
        var found = Within(image, strings.Offset, strings.Length).IndexOf(Encoding.ASCII.GetBytes($"\0{text}\0"));
        return found >= 0 ? found + 1 : throw new InvalidDataException($"The file's string table has no entry '{text}'.");
    }

    private static int FindVersionEntry(ReadOnlySpan<byte> image, Section needs, Section strings, string version)
    {
        var wanted = FindString(image, strings, version);
        var need = needs.Offset;
        while (true)
        {
            var entry = need + BinaryPrimitives.ReadInt32LittleEndian(Within(image, need + 8, 4));         // vn_aux
            for (var left = BinaryPrimitives.ReadUInt16LittleEndian(Within(image, need + 2, 2)); left > 0; left--) // vn_cnt
            {
                if (BinaryPrimitives.ReadInt32LittleEndian(Within(image, entry + 8, 4)) == wanted)
                {
                    return entry;
                }

                entry += BinaryPrimitives.ReadInt32LittleEndian(Within(image, entry + 12, 4));              // vna_next
            }

            var next = BinaryPrimitives.ReadInt32LittleEndian(Within(image, need + 12, 4));                 // vn_next
            if (next <= 0)
            {
                throw new InvalidDataException($"The file has no version-need entry '{version}'.");
            }

            need += next;
        }
    }

    private static ReadOnlySpan<byte> Within(ReadOnlySpan<byte> image, int offset, int length) =>
        offset >= 0 && length >= 0 && offset <= image.Length - length
            ? image.Slice(offset, length)
            : throw new InvalidDataException("A table of the file lies outside it.");

    private readonly record struct Section(int Offset, int Length)
    {
        public static Section Read(ReadOnlySpan<byte> header) => new(
            checked((int)BinaryPrimitives.ReadInt64LittleEndian(header[24..])),            // sh_offset
            checked((int)BinaryPrimitives.ReadInt64LittleEndian(header[32..])));           // sh_size
    }
}
