using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Registry.Loading;

/// <summary>A recorded request and its answer.</summary>
/// <param name="Inputs">Inputs by name.</param>
/// <param name="Outputs">Outputs that are compared; those not listed are not.</param>
internal sealed record GoldenCase(IReadOnlyDictionary<string, TensorValue> Inputs, IReadOnlyList<TensorValue> Outputs);
