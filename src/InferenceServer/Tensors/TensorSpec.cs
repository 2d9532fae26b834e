namespace KpGrpc.InferenceServer.Tensors;

/// <summary>A tensor that a model takes or gives.</summary>
/// <param name="Name">Unique among inputs, and among outputs.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Shape">Length of each dimension; −1 where it varies. The first dimension of every tensor is the batch.</param>
/// <param name="Optional">True: an input that may be absent.</param>
internal sealed record TensorSpec(string Name, TensorType Type, IReadOnlyList<long> Shape, bool Optional = false);
