using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints.Pickle;

/// <summary>The names that <c>torch.save(model.state_dict())</c> uses: an ordered dictionary, storages, and tensors over them.</summary>
internal sealed class StateDictionaryWorld : IPickleWorld
{
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";
    private const string OrderedDictionary = "collections.OrderedDict";

    private static readonly Dictionary<string, torch.ScalarType> Storages = new(StringComparer.Ordinal)
    {
        ["FloatStorage"] = torch.ScalarType.Float32,
        ["DoubleStorage"] = torch.ScalarType.Float64,
        ["HalfStorage"] = torch.ScalarType.Float16,
        ["BFloat16Storage"] = torch.ScalarType.BFloat16,
        ["LongStorage"] = torch.ScalarType.Int64,
        ["IntStorage"] = torch.ScalarType.Int32,
        ["ShortStorage"] = torch.ScalarType.Int16,
        ["CharStorage"] = torch.ScalarType.Int8,
        ["ByteStorage"] = torch.ScalarType.Byte,
        ["BoolStorage"] = torch.ScalarType.Bool,
    };

    /// <inheritdoc />
    public object Name(string module, string name)
    {
        if (module is "torch" or "torch.storage" && Storages.TryGetValue(name, out var type))
        {
            return type;
        }

        return $"{module}.{name}" is RebuildTensor or RebuildParameter or OrderedDictionary
            ? $"{module}.{name}"
            : throw new PickleException($"the pickle names {module}.{name}, which no state dictionary needs; a file that runs other code is not read (save it as safetensors)");
    }

    /// <inheritdoc />
    public object Persistent(object? identifier) => identifier is object?[] { Length: >= 5 } parts
        && parts[0] is "storage" && parts[1] is torch.ScalarType type && parts[2] is string key && parts[4] is long elements
        ? new PickledStorage(type, key, elements)
        : throw new PickleException("the pickle refers to something outside it that is no storage");

    /// <inheritdoc />
    public object Call(object? function, object?[] arguments) => function switch
    {
        OrderedDictionary => new PickleDictionary(),
        RebuildParameter when arguments.Length >= 1 && arguments[0] is PickledTensor tensor => tensor,
        RebuildTensor when arguments.Length >= 4 && arguments[0] is PickledStorage storage && arguments[1] is long offset
            => new PickledTensor(storage, offset, Numbers(arguments[2]), Numbers(arguments[3])),
        _ => throw new PickleException("the pickle calls what no state dictionary needs"),
    };

    private static long[] Numbers(object? tuple) => tuple is object?[] items && items.All(item => item is long and >= 0)
        ? [.. items.Select(item => (long)item!)]
        : throw new PickleException("a tensor's shape or stride is no tuple of whole numbers");
}
