using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Boosting;

namespace KpGrpc.InferenceServer.Models.Propensity;

/// <summary>
/// A model as one file: magic (8 bytes) · length of the card (4) · card (JSON) · lengths and contents of the roots (4 bytes
/// each), nodes (16), leaves (8) and means (8) · bias (8) · SHA-256 of all before. Little-endian. The same training gives the
/// same bytes.
/// </summary>
internal static class PropensityFile
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string Name = "propensity.kpm";

    /// <summary>Longest file, in bytes.</summary>
    public const long BytesMax = 1L << 30;

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, Converters = { new JsonStringEnumConverter() } };

    private static ReadOnlySpan<byte> Magic => "KPPROP01"u8;

    /// <summary>Writes a model, replacing an old file only once the new one is complete.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ImportException">The file cannot be written.</exception>
    public static void Write(string path, PropensityModel model)
    {
        try
        {
            var full = Path.GetFullPath(path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            var unfinished = full + ".tmp";
            File.WriteAllBytes(unfinished, Encode(model));
            File.Move(unfinished, full, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path} cannot be written: {failure.Message}", failure);
        }
    }

    /// <summary>Reads a model, from its file or from the folder that holds it.</summary>
    /// <exception cref="ImportException">It cannot be read, is none, or is damaged.</exception>
    public static PropensityModel Read(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, Name) : path;
        try
        {
            return new FileInfo(file).Length <= BytesMax
                ? Decode(File.ReadAllBytes(file))
                : throw new InvalidDataException($"it is longer than {BytesMax} bytes");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{file} cannot be read: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is InvalidDataException or JsonException or NotSupportedException or ArgumentException)
        {
            throw new ImportException($"{file} is no whole propensity model: {failure.Message}", failure);
        }
    }

    /// <summary>The file's bytes.</summary>
    public static byte[] Encode(PropensityModel model)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Magic);
        var card = JsonSerializer.SerializeToUtf8Bytes(model.Card, Json);
        WriteInt(bytes, card.Length);
        bytes.Write(card);
        WriteArray(bytes, model.Trees.Roots);
        WriteArray(bytes, model.Trees.Nodes);
        WriteArray(bytes, model.Trees.Leaves);
        WriteArray(bytes, model.Trees.Means);
        WriteArray<double>(bytes, [model.Trees.Bias]);
        bytes.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        return bytes.ToArray();
    }

    /// <summary>The model of a file's bytes.</summary>
    /// <exception cref="InvalidDataException">The checksum does not match, or the trees are not well-formed.</exception>
    /// <exception cref="JsonException">The card is none.</exception>
    public static PropensityModel Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Magic.Length + SHA256.HashSizeInBytes || !bytes.StartsWith(Magic))
        {
            throw new InvalidDataException("it does not start as one");
        }

        var content = bytes[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
        {
            throw new InvalidDataException("its checksum does not match");
        }

        var rest = content[Magic.Length..];
        var card = JsonSerializer.Deserialize<PropensityCard>(ReadArray<byte>(ref rest), Json) ?? throw new InvalidDataException("it has no card");
        var roots = ReadArray<int>(ref rest);
        var nodes = ReadArray<TreeNode>(ref rest);
        var leaves = ReadArray<double>(ref rest);
        var means = ReadArray<double>(ref rest);
        var bias = ReadArray<double>(ref rest);
        return bias.Length == 1 && rest.IsEmpty
            ? new PropensityModel(card, new BoostedTrees(card.Features.Count, bias[0], roots, nodes, leaves, means))
            : throw new InvalidDataException("its parts do not fit");
    }

    private static void WriteInt(MemoryStream bytes, int value)
    {
        Span<byte> encoded = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(encoded, value);
        bytes.Write(encoded);
    }

    private static void WriteArray<T>(MemoryStream bytes, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        WriteInt(bytes, values.Length);
        bytes.Write(MemoryMarshal.AsBytes(values)); // the systems that .NET runs on are little-endian
    }

    private static T[] ReadArray<T>(ref ReadOnlySpan<byte> rest)
        where T : unmanaged
    {
        var count = rest.Length >= sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(rest) : -1;
        var size = (long)count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        if (count < 0 || size > rest.Length - sizeof(int))
        {
            throw new InvalidDataException("one of its parts is cut off");
        }

        var part = rest.Slice(sizeof(int), (int)size);
        rest = rest[(sizeof(int) + (int)size)..];
        return MemoryMarshal.Cast<byte, T>(part).ToArray();
    }
}
