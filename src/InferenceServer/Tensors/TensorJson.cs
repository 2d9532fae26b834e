using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KpGrpc.InferenceServer.Tensors;

/// <summary>
/// Tensors as the Open Inference Protocol writes them in JSON: <c>{"name","datatype","shape","data"}</c>, data flat or nested,
/// BYTES as texts.
/// </summary>
internal static class TensorJson
{
    /// <summary>Writes a tensor.</summary>
    public static JsonObject Write(TensorValue tensor) => new()
    {
        ["name"] = tensor.Name,
        ["datatype"] = tensor.Type.ToString().ToUpperInvariant(),
        ["shape"] = new JsonArray([.. tensor.Shape.Select(length => JsonValue.Create(length))]),
        ["data"] = new JsonArray([.. tensor.Elements.Cast<object>().Select(ElementOf)]),
    };

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static TensorValue Read(JsonNode? node)
    {
        try
        {
            var name = node!["name"]!.GetValue<string>();
            var type = Enum.Parse<TensorType>(node["datatype"]!.GetValue<string>(), ignoreCase: true);
            long[] shape = [.. node["shape"]!.AsArray().Select(length => length!.GetValue<long>())];
            var elements = ElementsOf(type, [.. Flat(node["data"]!.AsArray())]);
            return elements.Length == shape.Aggregate(1L, (product, length) => product * length)
                ? new TensorValue(name, type, shape, elements)
                : throw new JsonException($"tensor {name} has {elements.Length} elements, which is not the product of its shape");
        }
        catch (Exception failure) when (failure is NullReferenceException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new JsonException($"a tensor must have name, datatype, shape and data: {failure.Message}", failure);
        }
    }

    private static JsonValue ElementOf(object element) => element switch
    {
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        float number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        byte[] text => JsonValue.Create(Encoding.UTF8.GetString(text)),
        _ => throw new NotSupportedException($"elements of {element.GetType().Name} have no form in JSON"),
    };

    private static IEnumerable<JsonNode> Flat(JsonArray array) =>
        array.SelectMany(item => item is JsonArray inner ? Flat(inner) : [item!]);

    private static Array ElementsOf(TensorType type, JsonNode[] data) => type switch
    {
        TensorType.Bool => data.Select(item => item.GetValue<bool>()).ToArray(),
        TensorType.Int32 => data.Select(item => item.GetValue<int>()).ToArray(),
        TensorType.Int64 => data.Select(item => item.GetValue<long>()).ToArray(),
        TensorType.Fp32 => data.Select(item => item.GetValue<float>()).ToArray(),
        TensorType.Fp64 => data.Select(item => item.GetValue<double>()).ToArray(),
        _ => data.Select(item => Encoding.UTF8.GetBytes(item.GetValue<string>())).ToArray(),
    };
}
