using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints;

/// <summary>Named tensors of a checkpoint's file, whatever its format.</summary>
internal interface ICheckpointWeights : IDisposable
{
    /// <summary>Names of the tensors.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Reads a tensor into new memory of the CPU; the caller's dispose scope owns it.</summary>
    torch.Tensor Read(string name);
}
