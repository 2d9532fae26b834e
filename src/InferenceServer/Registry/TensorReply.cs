using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Registry;

/// <summary>Outputs of a request and the slowest batch among those that made it.</summary>
/// <param name="Outputs">In the order of the signature.</param>
/// <param name="Facts">The batch.</param>
internal sealed record TensorReply(IReadOnlyList<TensorValue> Outputs, BatchFacts Facts);
