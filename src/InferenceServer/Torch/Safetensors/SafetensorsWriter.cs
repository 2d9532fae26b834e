using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp;

namespace KpGrpc.InferenceServer.Torch.Safetensors;

/// <summary>
/// Writes tensors as a safetensors file. The same tensors and metadata give the same bytes: wide types first, then by name,
/// the header padded to eight bytes so that every tensor is aligned to its element.
/// </summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>
    /// Replaces <paramref name="path"/> as a whole: the file is written beside it, synced and renamed, so that a reader, or
    /// a crash, meets the old file or the new one and nothing between.
    /// </summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="tensors">Tensors by name, on any device; only read.</param>
    /// <param name="metadata">Free text by name, or null.</param>
    public static void WriteFile(string path, IReadOnlyDictionary<string, torch.Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var unfinished = full + ".tmp";
        using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
        {
            Write(stream, tensors, metadata);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, full, overwrite: true);
    }

    /// <summary>Writes the file's bytes to a stream.</summary>
    public static void Write(Stream stream, IReadOnlyDictionary<string, torch.Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = tensors.OrderByDescending(tensor => ElementType.BytesOf(tensor.Value.dtype))
            .ThenBy(tensor => tensor.Key, StringComparer.Ordinal).ToArray();
        var header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in ordered)
        {
            using var scope = torch.NewDisposeScope();
            using var noGradient = torch.no_grad();
            TensorBytes.Walk(tensor.detach().cpu().contiguous(), bytes => stream.Write(bytes));
        }
    }

    private static byte[] Header(KeyValuePair<string, torch.Tensor>[] ordered, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var at = 0L;
            foreach (var (name, tensor) in ordered)
            {
                var end = at + (tensor.NumberOfElements * ElementType.BytesOf(tensor.dtype));
                json.WriteStartObject(name);
                json.WriteString("dtype", ElementType.NameOf(tensor.dtype));
                WriteNumbers(json, "shape", tensor.shape);
                WriteNumbers(json, "data_offsets", [at, end]);
                json.WriteEndObject();
                at = end;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartObject(SafetensorsHeader.MetadataName);
        foreach (var (name, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
