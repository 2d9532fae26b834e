using System.Text.Json;
using TorchSharp;

namespace KpGrpc.InferenceServer.Torch.Safetensors;

/// <summary>The JSON head of a file, read and checked: every byte of the data belongs to exactly one tensor.</summary>
/// <param name="Entries">Tensors in the order in which they lie in the file.</param>
/// <param name="Metadata">Free text by name; empty where the file has none.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<TensorEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Name under which the metadata stand in the header.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>Longest header that is read, in bytes; the format's own bound.</summary>
    public const int BytesMax = 100_000_000;

    private const int DimensionsMax = 16;
    private const int ListedMax = 64; // characters of a file's text in a message

    /// <summary>Reads a header.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataBytes">Bytes of the file after the header.</param>
    /// <exception cref="SafetensorsException">The header is malformed, or does not fit the data.</exception>
    public static SafetensorsHeader Parse(string path, ReadOnlyMemory<byte> json, long dataBytes)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return Parse(path, document.RootElement, dataBytes);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new SafetensorsException(path, "its header is not the JSON that the format asks for", failure);
        }
    }

    private static SafetensorsHeader Parse(string path, JsonElement root, long dataBytes)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<TensorEntry>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == MetadataName)
            {
                foreach (var item in property.Value.EnumerateObject())
                {
                    metadata.Add(item.Name, item.Value.GetString() ?? "");
                }
            }
            else
            {
                entries.Add(ParseEntry(path, property));
            }
        }

        entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        var at = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != at)
            {
                throw new SafetensorsException(path, $"the tensor '{Short(entry.Name)}' begins at byte {entry.Begin} of the data, not at {at} where the one before ends");
            }

            at = entry.End;
        }

        return at == dataBytes
            ? new SafetensorsHeader(entries, metadata)
            : throw new SafetensorsException(path, $"its tensors take {at} bytes, but {dataBytes} follow the header; it may have been cut off, copy it again");
    }

    private static TensorEntry ParseEntry(string path, JsonProperty property)
    {
        var typeName = property.Value.GetProperty("dtype").GetString() ?? "";
        if (ElementType.Of(typeName) is not { } type)
        {
            throw new SafetensorsException(path, $"the tensor '{Short(property.Name)}' is of type '{Short(typeName)}', and only {ElementType.Known} are read");
        }

        var shape = property.Value.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt64()).ToArray();
        var offsets = property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || BytesOf(type, shape) != offsets[1] - offsets[0])
        {
            throw new SafetensorsException(path, $"the bytes of the tensor '{Short(property.Name)}' do not fit its shape and type");
        }

        return new TensorEntry(property.Name, type, shape, offsets[0], offsets[1]);
    }

    /// <summary>Bytes of a tensor; null where the shape is impossible.</summary>
    private static long? BytesOf(torch.ScalarType type, long[] shape)
    {
        if (shape.Length > DimensionsMax)
        {
            return null;
        }

        Int128 bytes = ElementType.BytesOf(type);
        foreach (var dimension in shape)
        {
            if (dimension < 0 || (bytes *= dimension) > long.MaxValue)
            {
                return null;
            }
        }

        return (long)bytes;
    }

    private static string Short(string text) => text.Length <= ListedMax ? text : string.Concat(text.AsSpan(0, ListedMax), "…");
}
