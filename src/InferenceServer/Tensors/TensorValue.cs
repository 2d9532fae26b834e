using System.Text;

namespace KpGrpc.InferenceServer.Tensors;

/// <summary>A named tensor in plain memory, as it goes into or comes out of a served model. Immutable by agreement.</summary>
/// <param name="Name">Name from the model's signature.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Shape">Length of each dimension.</param>
/// <param name="Elements">All elements, row-major: an array of the type that <see cref="TensorType"/> names.</param>
internal sealed record TensorValue(string Name, TensorType Type, IReadOnlyList<long> Shape, Array Elements)
{
    /// <summary>FP32 elements, row-major.</summary>
    public float[] Floats => (float[])Elements;

    /// <summary>INT64 elements, row-major.</summary>
    public long[] Longs => (long[])Elements;

    /// <summary>BYTES elements, row-major.</summary>
    public byte[][] Bytes => (byte[][])Elements;

    /// <summary>A tensor of FP32.</summary>
    public static TensorValue Of(string name, float[] elements, params long[] shape) => new(name, TensorType.Fp32, shape, elements);

    /// <summary>A tensor of INT64.</summary>
    public static TensorValue Of(string name, long[] elements, params long[] shape) => new(name, TensorType.Int64, shape, elements);

    /// <summary>A tensor of BYTES that holds texts in UTF-8.</summary>
    public static TensorValue Of(string name, IEnumerable<string> texts, params long[] shape) =>
        new(name, TensorType.Bytes, shape, texts.Select(Encoding.UTF8.GetBytes).ToArray());

    /// <summary>BYTES elements as texts.</summary>
    /// <exception cref="TensorFaultException">One is not UTF-8.</exception>
    public string[] Texts()
    {
        try
        {
            return [.. Bytes.Select(StrictUtf8.GetString)];
        }
        catch (ArgumentException)
        {
            throw new TensorFaultException(Name, "must hold texts in UTF-8");
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
