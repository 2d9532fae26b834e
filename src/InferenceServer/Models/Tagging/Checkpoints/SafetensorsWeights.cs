using KpGrpc.InferenceServer.Torch.Safetensors;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints;

/// <summary>The tensors of a <c>model.safetensors</c>.</summary>
/// <param name="path">The file.</param>
internal sealed class SafetensorsWeights(string path) : ICheckpointWeights
{
    private readonly SafetensorsReader reader = new(path);

    /// <inheritdoc />
    public IReadOnlyCollection<string> Names => reader.Names;

    /// <inheritdoc />
    public torch.Tensor Read(string name) => reader.Read(name);

    /// <inheritdoc />
    public void Dispose() => reader.Dispose();
}
