using KpGrpc.InferenceServer.Torch;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Sequence.Serving;

/// <summary>One model in memory that several instances read; it goes with the last of them.</summary>
/// <param name="model">Owned from here on.</param>
/// <param name="instances">How many will return it.</param>
internal sealed class SharedSequenceModel(SequenceModel model, int instances)
{
    private int left = instances;

    /// <summary>The model.</summary>
    public SequenceModel Model => model;

    /// <summary>Its embeddings as a processor scores them; null on a GPU, which reads its own memory fast enough.</summary>
    public PackedItems? Packed { get; } = model.Network.Items.device.type == DeviceType.CPU
        ? new PackedItems(model.Network.Items.ToValues<float>(), model.Network.ItemBias.ToValues<float>())
        : null;

    /// <summary>An instance has ended.</summary>
    public void Return()
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            model.Dispose();
        }
    }
}
