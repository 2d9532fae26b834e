using KpGrpc.InferenceServer.Models.Tagging.Network;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints;

/// <summary>A checkpoint without its tagging head, for a network that gets another one. The checkpoint stays its owner's.</summary>
/// <param name="weights">The whole checkpoint.</param>
internal sealed class EncoderWeights(ICheckpointWeights weights) : ICheckpointWeights
{
    /// <inheritdoc />
    public IReadOnlyCollection<string> Names => [.. weights.Names.Where(name => !name.StartsWith(WeightNames.Classifier, StringComparison.Ordinal))];

    /// <inheritdoc />
    public torch.Tensor Read(string name) => weights.Read(name);

    /// <inheritdoc />
    public void Dispose()
    {
        // The owner of the checkpoint closes it.
    }
}
