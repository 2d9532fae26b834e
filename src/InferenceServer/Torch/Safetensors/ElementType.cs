using TorchSharp;

namespace KpGrpc.InferenceServer.Torch.Safetensors;

/// <summary>The element types of the format that libtorch has too, with their names in a header.</summary>
internal static class ElementType
{
    private static readonly (string Name, torch.ScalarType Type, int Bytes)[] All =
    [
        ("BOOL", torch.ScalarType.Bool, 1), ("U8", torch.ScalarType.Byte, 1), ("I8", torch.ScalarType.Int8, 1), ("I16", torch.ScalarType.Int16, 2),
        ("I32", torch.ScalarType.Int32, 4), ("I64", torch.ScalarType.Int64, 8), ("F16", torch.ScalarType.Float16, 2),
        ("BF16", torch.ScalarType.BFloat16, 2), ("F32", torch.ScalarType.Float32, 4), ("F64", torch.ScalarType.Float64, 8),
    ];

    /// <summary>The names that can be read, for a message.</summary>
    public static string Known => string.Join(", ", All.Select(type => type.Name));

    /// <summary>The type of a header's name; null where libtorch has none.</summary>
    public static torch.ScalarType? Of(string name) =>
        Array.Find(All, type => type.Name == name) is { Name: not null } found ? found.Type : null;

    /// <summary>The header's name of a type.</summary>
    /// <exception cref="NotSupportedException">The format has no such type.</exception>
    public static string NameOf(torch.ScalarType type) => Find(type).Name;

    /// <summary>Bytes of one element.</summary>
    public static int BytesOf(torch.ScalarType type) => Find(type).Bytes;

    private static (string Name, torch.ScalarType Type, int Bytes) Find(torch.ScalarType type) =>
        Array.Find(All, entry => entry.Type == type) is { Name: not null } found
            ? found
            : throw new NotSupportedException($"Safetensors files hold no {type}; convert the tensor to one of {Known}.");
}
