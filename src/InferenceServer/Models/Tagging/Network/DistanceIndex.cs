using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Network;

/// <summary>
/// Which row of the distance embeddings each pair of positions reads. One tensor a length is kept, at most
/// <c>positions</c> of them. Not thread-safe.
/// </summary>
/// <param name="device">Where the tensors live.</param>
internal sealed class DistanceIndex(torch.Device device) : IDisposable
{
    private readonly Dictionary<int, torch.Tensor> known = [];

    /// <summary>[1, 1, length, length] int64: from 0 for the token furthest to the right, as seen from each row. Stays this object's.</summary>
    public torch.Tensor Of(int length)
    {
        if (!known.TryGetValue(length, out var index))
        {
            var rows = new long[length * length];
            for (var at = 0; at < rows.Length; at++)
            {
                rows[at] = (at / length) - (at % length) + length - 1;
            }

            using var trainable = torch.inference_mode(false); // a tensor of inference alone could not take part in a training
            index = torch.tensor(rows, 1, 1, length, length, device: device).DetachFromDisposeScope();
            known.Add(length, index);
        }

        return index;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var index in known.Values)
        {
            index.Dispose();
        }

        known.Clear();
    }
}
