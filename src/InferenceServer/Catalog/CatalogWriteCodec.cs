using System.Text;

namespace KpGrpc.InferenceServer.Catalog;

/// <summary>
/// The bytes of a <see cref="CatalogWrite"/> in the catalogue log. Little-endian: format (1 byte, 1) · key (16) ·
/// digest (32) · created, updated, unchanged, deleted (4 each) · missing ids · works (revision 8, updated-at 8, body) ·
/// deleted ids. Lists and bodies are preceded by their length (4); texts are UTF-8 with a 7-bit length.
/// </summary>
internal static class CatalogWriteCodec
{
    private const byte Format = 1;

    /// <summary>Encodes a write.</summary>
    public static byte[] Encode(CatalogWrite write)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(Format);
        writer.Write(write.Key.Span);
        writer.Write(write.Digest.Span);
        writer.Write(write.Answer.Created);
        writer.Write(write.Answer.Updated);
        writer.Write(write.Answer.Unchanged);
        writer.Write(write.Answer.Deleted);
        WriteTexts(writer, write.Answer.Missing);
        writer.Write(write.Works.Count);
        foreach (var work in write.Works)
        {
            writer.Write(work.Revision);
            writer.Write(work.UpdatedAt);
            writer.Write(work.Body.Length);
            writer.Write(work.Body.Span);
        }

        WriteTexts(writer, write.Deleted);
        writer.Flush();
        return buffer.ToArray();
    }

    /// <summary>Decodes a write.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="decodeWork">Reads a work from its contract encoding.</param>
    /// <exception cref="InvalidDataException">The format is a newer one.</exception>
    public static CatalogWrite Decode(byte[] payload, Func<ReadOnlyMemory<byte>, Work> decodeWork)
    {
        using var reader = new BinaryReader(new MemoryStream(payload), Encoding.UTF8);
        if (reader.ReadByte() != Format)
        {
            throw new InvalidDataException("The catalogue log was written by a newer release.");
        }

        var (key, digest) = (reader.ReadBytes(16), reader.ReadBytes(32));
        var (created, updated, unchanged, deleted) = (reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());
        var missing = ReadTexts(reader);
        var works = new Work[reader.ReadInt32()];
        for (var at = 0; at < works.Length; at++)
        {
            var (revision, updatedAt) = (reader.ReadUInt64(), reader.ReadInt64());
            works[at] = decodeWork(reader.ReadBytes(reader.ReadInt32())) with { Revision = revision, UpdatedAt = updatedAt };
        }

        return new CatalogWrite(key, digest, new CatalogAnswer(created, updated, unchanged, deleted, missing), works, ReadTexts(reader));
    }

    private static void WriteTexts(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
        {
            writer.Write(text);
        }
    }

    private static string[] ReadTexts(BinaryReader reader)
    {
        var texts = new string[reader.ReadInt32()];
        for (var at = 0; at < texts.Length; at++)
        {
            texts[at] = reader.ReadString();
        }

        return texts;
    }
}
