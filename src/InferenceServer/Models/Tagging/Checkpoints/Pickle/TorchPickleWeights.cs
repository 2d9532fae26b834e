using System.IO.Compression;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Torch.Safetensors;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints.Pickle;

/// <summary>
/// The tensors of a <c>pytorch_model.bin</c>: a zip file with the structure as a pickle and each storage as a file (PyTorch
/// 1.6 and later). Nothing in it is run.
/// </summary>
internal sealed class TorchPickleWeights : ICheckpointWeights
{
    /// <summary>Longest pickle read, in bytes; that of BERT-large takes 30 kB.</summary>
    public const long PickleBytesMax = 64 << 20;

    private const string PickleName = "/data.pkl";

    private readonly ZipArchive archive;
    private readonly string path;
    private readonly string prefix;
    private readonly Dictionary<string, PickledTensor> tensors;

    /// <summary>Opens a file.</summary>
    /// <exception cref="ImportException">It is no state dictionary, or asks for more than one.</exception>
    public TorchPickleWeights(string path)
    {
        this.path = path;
        archive = Open(path);
        try
        {
            var pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith(PickleName, StringComparison.Ordinal))
                ?? throw new ImportException($"{path} is a zip file without {PickleName[1..]}: no file of torch.save.");
            prefix = pickle.FullName[..^PickleName.Length];
            tensors = Tensors(new PickleMachine(ReadAll(pickle, PickleBytesMax), new StateDictionaryWorld()).Run());
        }
        catch (PickleException failure)
        {
            archive.Dispose();
            throw new ImportException($"{path}: {failure.Message}.", failure);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public IReadOnlyCollection<string> Names => tensors.Keys;

    /// <inheritdoc />
    public torch.Tensor Read(string name)
    {
        var tensor = tensors[name];
        var storage = tensor.Storage;
        var entry = archive.GetEntry($"{prefix}/data/{storage.Key}") ?? throw new ImportException($"{path} lacks data/{storage.Key}, where '{name}' lies.");
        var bytesEach = ElementType.BytesOf(storage.Type);
        if (entry.Length != storage.Elements * bytesEach || Last(tensor) >= storage.Elements)
        {
            throw new ImportException($"{path}: data/{storage.Key} has {entry.Length} bytes, which '{name}' does not fit.");
        }

        using var scope = torch.NewDisposeScope();
        var flat = torch.empty(storage.Elements, storage.Type); // [elements]
        using (var stream = entry.Open())
        {
            TensorBytes.Walk(flat, bytes => stream.ReadExactly(bytes));
        }

        return flat.as_strided(tensor.Shape, tensor.Strides, tensor.Offset).contiguous().clone().MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose() => archive.Dispose();

    /// <summary>The last number of its storage that a tensor reads; -1 for an empty one.</summary>
    private static Int128 Last(PickledTensor tensor)
    {
        if (tensor.Shape.Length != tensor.Strides.Length)
        {
            return Int128.MaxValue;
        }

        Int128 last = tensor.Offset;
        for (var dimension = 0; dimension < tensor.Shape.Length; dimension++)
        {
            if (tensor.Shape[dimension] == 0)
            {
                return -1;
            }

            last += (Int128)(tensor.Shape[dimension] - 1) * tensor.Strides[dimension];
        }

        return last;
    }

    private static ZipArchive Open(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException failure)
        {
            throw new ImportException(
                $"{path} is no zip file: PyTorch before 1.6 wrote another format, which is not read. Load it with torch and save it again, best as model.safetensors.", failure);
        }
    }

    private static byte[] ReadAll(ZipArchiveEntry entry, long bytesMax)
    {
        if (entry.Length > bytesMax)
        {
            throw new PickleException($"the pickle has {entry.Length} bytes, and at most {bytesMax} are read");
        }

        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The tensors of a state dictionary, or of one that a training wrapped as <c>state_dict</c> or <c>model</c>.</summary>
    private static Dictionary<string, PickledTensor> Tensors(object? result)
    {
        if (result is not PickleDictionary dictionary)
        {
            throw new PickleException("the pickle holds no dictionary of tensors");
        }

        var inner = (dictionary.Items.GetValueOrDefault("state_dict") ?? dictionary.Items.GetValueOrDefault("model")) as PickleDictionary;
        var tensors = (inner ?? dictionary).Items.Where(item => item.Value is PickledTensor)
            .ToDictionary(item => item.Key, item => (PickledTensor)item.Value!, StringComparer.Ordinal);
        return tensors.Count > 0 ? tensors : throw new PickleException("the pickle holds no tensor by name");
    }
}
