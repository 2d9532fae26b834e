using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using Google.Protobuf.Collections;
using KpGrpc.InferenceServer.Tensors;
using KpGrpc.Protos.Inference;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Inferring;

/// <summary>Reads the tensors of a request, typed or raw. Records every fault with the path of its field.</summary>
internal static class TensorRead
{
    private const int RankMax = 8;
    private static readonly FrozenDictionary<string, TensorType> Names = Enum.GetValues<TensorType>().ToFrozenDictionary(TensorWrite.NameOf, StringComparer.Ordinal);
    private const long ElementsMax = 1L << 22; // more does not fit a message of 4 MiB, but for BOOL

    /// <summary>Reads all inputs; those with a fault are left out.</summary>
    public static List<TensorValue> All(FieldViolations faults, ModelInferRequest request)
    {
        var raw = request.RawInputContents.Count > 0;
        faults.Require(
            !raw || request.RawInputContents.Count == request.Inputs.Count, "raw_input_contents",
            $"must have one entry an input, {request.Inputs.Count}, or none at all");
        faults.Require(
            !raw || request.Inputs.All(input => input.Contents is null), "raw_input_contents",
            "must be empty where inputs have contents: send all tensors typed, or all of them raw");
        var read = new List<TensorValue>();
        for (var index = 0; index < request.Inputs.Count && !faults.Any; index++)
        {
            if (One(faults, request, index, raw) is { } tensor)
            {
                read.Add(tensor);
            }
        }

        return read;
    }

    private static TensorValue? One(FieldViolations faults, ModelInferRequest request, int index, bool raw)
    {
        var input = request.Inputs[index];
        var path = $"inputs[{index}]";
        faults.Require(input.Parameters.Count == 0, $"{path}.parameters", $"{string.Join(", ", input.Parameters.Keys)}: no parameter of a tensor is known");
        if (!Names.TryGetValue(input.Datatype, out var type))
        {
            faults.Add($"{path}.datatype", $"must be one of {string.Join(", ", Enum.GetValues<TensorType>().Select(TensorWrite.NameOf))}");
            return null;
        }

        var count = CountOf(input.Shape);
        if (count < 0)
        {
            faults.Add($"{path}.shape", $"must be 1 to {RankMax} lengths, each at least 0, of {ElementsMax} elements at most");
            return null;
        }

        var elements = raw ? FromRaw(type, request.RawInputContents[index].Span, count) : FromTyped(type, input.Contents ?? new InferTensorContents());
        if (elements is null || elements.Length != count)
        {
            faults.Add(
                raw ? $"raw_input_contents[{index}]" : $"{path}.contents",
                raw ? $"must be {count} elements of {input.Datatype}, little-endian; BYTES elements each after a length of 4 bytes" : $"must be {count} elements in the list for {input.Datatype}, as the shape says, not {elements?.Length ?? 0}");
            return null;
        }

        return new TensorValue(input.Name, type, [.. input.Shape], elements);
    }

    private static long CountOf(RepeatedField<long> shape)
    {
        if (shape.Count is 0 or > RankMax)
        {
            return -1;
        }

        var count = 1L;
        foreach (var length in shape)
        {
            if (length < 0 || length > ElementsMax)
            {
                return -1;
            }

            count = Math.Min(count * length, ElementsMax + 1);
        }

        return count <= ElementsMax ? count : -1;
    }

    private static Array FromTyped(TensorType type, InferTensorContents contents) => type switch
    {
        TensorType.Bool => contents.BoolContents.ToArray(),
        TensorType.Int32 => contents.IntContents.ToArray(),
        TensorType.Int64 => contents.Int64Contents.ToArray(),
        TensorType.Fp32 => contents.Fp32Contents.ToArray(),
        TensorType.Fp64 => contents.Fp64Contents.ToArray(),
        _ => contents.BytesContents.Select(bytes => bytes.ToByteArray()).ToArray(),
    };

    private static Array? FromRaw(TensorType type, ReadOnlySpan<byte> raw, long count) => type switch
    {
        TensorType.Bool => Cast<bool>(raw, count),
        TensorType.Int32 => Cast<int>(raw, count),
        TensorType.Int64 => Cast<long>(raw, count),
        TensorType.Fp32 => Cast<float>(raw, count),
        TensorType.Fp64 => Cast<double>(raw, count),
        _ => Texts(raw, count),
    };

    // Every machine that .NET runs on today is little-endian, as the protocol is.
    private static T[]? Cast<T>(ReadOnlySpan<byte> raw, long count)
        where T : unmanaged => raw.Length == count * Marshal.SizeOf<T>() || (typeof(T) == typeof(bool) && raw.Length == count)
            ? MemoryMarshal.Cast<byte, T>(raw).ToArray()
            : null;

    private static byte[][]? Texts(ReadOnlySpan<byte> raw, long count)
    {
        var texts = new List<byte[]>();
        while (raw.Length >= sizeof(int) && texts.Count < count)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(raw);
            raw = raw[sizeof(int)..];
            if (length > raw.Length)
            {
                return null;
            }

            texts.Add(raw[..(int)length].ToArray());
            raw = raw[(int)length..];
        }

        return raw.IsEmpty ? [.. texts] : null;
    }
}
