using TorchSharp;

namespace KpGrpc.InferenceServer.Torch.Safetensors;

/// <summary>Where a tensor lies in a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of an element.</param>
/// <param name="Shape">Its dimensions; empty for a single number.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record TensorEntry(string Name, torch.ScalarType Type, long[] Shape, long Begin, long End);
