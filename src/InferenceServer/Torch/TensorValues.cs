using System.Runtime.InteropServices;
using TorchSharp;

namespace KpGrpc.InferenceServer.Torch;

/// <summary>
/// Takes numbers out of tensors in one block. TorchSharp's accessor takes them one by one, which for a catalogue's scores
/// costs more than computing them.
/// </summary>
internal static class TensorValues
{
    /// <summary>All values, row by row, copied into memory of the caller.</summary>
    /// <typeparam name="T">float or int, as the tensor holds.</typeparam>
    /// <param name="tensor">Any shape, on any device; stays the caller's.</param>
    /// <param name="values">At least as long as the tensor has values.</param>
    public static void CopyValues<T>(this torch.Tensor tensor, Span<T> values)
        where T : unmanaged
    {
        using var block = Block<T>(tensor);
        MemoryMarshal.Cast<byte, T>(block.bytes).CopyTo(values);
    }

    /// <summary>All values, row by row.</summary>
    /// <typeparam name="T">float or int, as the tensor holds.</typeparam>
    /// <param name="tensor">Any shape, on any device; stays the caller's.</param>
    public static T[] ToValues<T>(this torch.Tensor tensor)
        where T : unmanaged
    {
        using var block = Block<T>(tensor);
        return MemoryMarshal.Cast<byte, T>(block.bytes).ToArray();
    }

    private static torch.Tensor Block<T>(torch.Tensor tensor)
        where T : unmanaged
    {
        var expected = default(T) switch
        {
            float => torch.ScalarType.Float32,
            int => torch.ScalarType.Int32,
            _ => throw new NotSupportedException($"Values of type {typeof(T)} are not taken out of tensors."),
        };
        if (tensor.dtype != expected)
        {
            throw new ArgumentException($"holds {tensor.dtype}; must be {expected}", nameof(tensor));
        }

        using var detached = tensor.detach();
        using var near = detached.cpu();
        return near.contiguous();
    }
}
