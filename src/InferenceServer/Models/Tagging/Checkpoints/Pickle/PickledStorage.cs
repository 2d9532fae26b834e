using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints.Pickle;

/// <summary>A run of numbers that lies in a file of its own.</summary>
/// <param name="Type">Type of a number.</param>
/// <param name="Key">Name of the file below <c>data/</c>.</param>
/// <param name="Elements">How many numbers there are.</param>
internal sealed record PickledStorage(torch.ScalarType Type, string Key, long Elements);
