using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using TorchSharp;

namespace KpGrpc.InferenceServer.Torch.Safetensors;

/// <summary>
/// Reads tensors from a safetensors file, each straight from the file into its own memory. The header is checked when the
/// file is opened. Not thread-safe; holds the file open until disposed.
/// </summary>
internal sealed class SafetensorsReader : IDisposable
{
    private const int LengthBytes = sizeof(ulong);

    private readonly SafeFileHandle file;
    private readonly string path;
    private readonly long dataStart;
    private readonly Dictionary<string, TensorEntry> entries;

    /// <summary>Opens a file.</summary>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public SafetensorsReader(string path)
    {
        this.path = path;
        file = File.OpenHandle(path);
        try
        {
            var header = ReadHeader(file, path, out dataStart);
            Names = [.. header.Entries.Select(entry => entry.Name)];
            Metadata = header.Metadata;
            entries = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Names of the tensors, in the order in which they lie in the file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The free text that the writer left, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Says whether there is such a tensor.</summary>
    public bool Contains(string name) => entries.ContainsKey(name);

    /// <summary>Type, shape and place of a tensor.</summary>
    /// <exception cref="SafetensorsException">There is none of that name.</exception>
    public TensorEntry Entry(string name) => entries.TryGetValue(name, out var entry)
        ? entry
        : throw new SafetensorsException(path, $"it holds no tensor '{name}'");

    /// <summary>Reads a tensor into new memory of the CPU, with the file's type. The caller, or its dispose scope, owns it.</summary>
    /// <exception cref="SafetensorsException">There is none of that name, or the file ended.</exception>
    public torch.Tensor Read(string name)
    {
        var entry = Entry(name);
        var tensor = torch.empty(entry.Shape, entry.Type);
        Fill(entry, tensor);
        return tensor;
    }

    /// <summary>Reads a tensor of the stated shape into <paramref name="target"/>, converting type and device where they differ.</summary>
    /// <exception cref="SafetensorsException">There is none of that name, or its shape is another.</exception>
    public void ReadInto(string name, torch.Tensor target)
    {
        var entry = Entry(name);
        if (!entry.Shape.AsSpan().SequenceEqual(target.shape))
        {
            throw new SafetensorsException(
                path, $"the tensor '{name}' is [{string.Join(", ", entry.Shape)}], and the model's is [{string.Join(", ", target.shape)}]");
        }

        using var read = Read(name);
        using var noGradient = torch.no_grad();
        using var detached = target.detach();
        detached.copy_(read).Dispose();
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    private static SafetensorsHeader ReadHeader(SafeFileHandle file, string path, out long dataStart)
    {
        var fileBytes = RandomAccess.GetLength(file);
        Span<byte> prefix = stackalloc byte[LengthBytes];
        if (RandomAccess.Read(file, prefix, 0) < LengthBytes)
        {
            throw new SafetensorsException(path, $"it has {fileBytes} bytes, and the header's length alone takes {LengthBytes}");
        }

        var headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerBytes is 0 or > SafetensorsHeader.BytesMax || (long)headerBytes > fileBytes - LengthBytes)
        {
            throw new SafetensorsException(path, $"it claims a header of {headerBytes} bytes, and has {fileBytes} in all");
        }

        var json = new byte[headerBytes];
        ReadExactly(file, path, json, LengthBytes);
        dataStart = LengthBytes + (long)headerBytes;
        return SafetensorsHeader.Parse(path, json, fileBytes - dataStart);
    }

    private static void ReadExactly(SafeFileHandle file, string path, Span<byte> target, long offset)
    {
        while (!target.IsEmpty)
        {
            var read = RandomAccess.Read(file, target, offset);
            if (read == 0)
            {
                throw new SafetensorsException(path, $"it ends at byte {offset}; it may have been cut off, copy it again");
            }

            target = target[read..];
            offset += read;
        }
    }

    private void Fill(TensorEntry entry, torch.Tensor tensor)
    {
        var at = dataStart + entry.Begin;
        TensorBytes.Walk(tensor, bytes =>
        {
            ReadExactly(file, path, bytes, at);
            at += bytes.Length;
        });
    }
}
