using TorchSharp;

namespace KpGrpc.InferenceServer.Torch.Safetensors;

/// <summary>The memory of a tensor as bytes, in pieces that a span can hold.</summary>
internal static class TensorBytes
{
    private const long PieceElements = 16L << 20;

    /// <summary>What is done with one piece.</summary>
    public delegate void Visitor(Span<byte> bytes);

    /// <summary>Visits the bytes of a contiguous CPU tensor in order; what is written to them is written to the tensor.</summary>
    public static void Walk(torch.Tensor tensor, Visitor visit)
    {
        if (tensor.device_type != DeviceType.CPU || !tensor.is_contiguous())
        {
            throw new ArgumentException("The tensor must be contiguous memory of the CPU.", nameof(tensor));
        }

        using var noGradient = torch.no_grad();
        using var flat = tensor.detach().view(-1);
        for (var at = 0L; at < flat.NumberOfElements; at += PieceElements)
        {
            using var piece = flat.narrow(0, at, Math.Min(PieceElements, flat.NumberOfElements - at));
            visit(piece.bytes);
        }
    }
}
