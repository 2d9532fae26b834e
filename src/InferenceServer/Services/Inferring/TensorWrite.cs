using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using KpGrpc.InferenceServer.Tensors;
using KpGrpc.Protos.Inference;

namespace KpGrpc.InferenceServer.Services.Inferring;

/// <summary>Writes tensors into a response, in the form that the request had.</summary>
internal static class TensorWrite
{
    /// <summary>The protocol's name of a type.</summary>
    public static string NameOf(TensorType type) => type.ToString().ToUpperInvariant();

    /// <summary>Adds outputs.</summary>
    /// <param name="response">Where to.</param>
    /// <param name="outputs">In order.</param>
    /// <param name="raw">Whether the request was raw.</param>
    public static void All(ModelInferResponse response, IEnumerable<TensorValue> outputs, bool raw)
    {
        foreach (var output in outputs)
        {
            var tensor = new ModelInferResponse.Types.InferOutputTensor { Name = output.Name, Datatype = NameOf(output.Type) };
            tensor.Shape.AddRange(output.Shape);
            if (raw)
            {
                response.RawOutputContents.Add(ToRaw(output));
            }
            else
            {
                tensor.Contents = ToTyped(output);
            }

            response.Outputs.Add(tensor);
        }
    }

    private static InferTensorContents ToTyped(TensorValue tensor)
    {
        var contents = new InferTensorContents();
        switch (tensor.Elements)
        {
            case bool[] flags:
                contents.BoolContents.AddRange(flags);
                break;
            case int[] numbers:
                contents.IntContents.AddRange(numbers);
                break;
            case long[] numbers:
                contents.Int64Contents.AddRange(numbers);
                break;
            case float[] numbers:
                contents.Fp32Contents.AddRange(numbers);
                break;
            case double[] numbers:
                contents.Fp64Contents.AddRange(numbers);
                break;
            default:
                contents.BytesContents.AddRange(tensor.Bytes.Select(text => ByteString.CopyFrom(text)));
                break;
        }

        return contents;
    }

    private static ByteString ToRaw(TensorValue tensor) => tensor.Elements switch
    {
        bool[] flags => ByteString.CopyFrom(MemoryMarshal.AsBytes<bool>(flags)),
        int[] numbers => ByteString.CopyFrom(MemoryMarshal.AsBytes<int>(numbers)),
        long[] numbers => ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(numbers)),
        float[] numbers => ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(numbers)),
        double[] numbers => ByteString.CopyFrom(MemoryMarshal.AsBytes<double>(numbers)),
        _ => Texts(tensor.Bytes),
    };

    private static ByteString Texts(byte[][] texts)
    {
        using var buffer = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var text in texts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            buffer.Write(length);
            buffer.Write(text);
        }

        return ByteString.CopyFrom(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
