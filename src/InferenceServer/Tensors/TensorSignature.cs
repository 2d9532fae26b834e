namespace KpGrpc.InferenceServer.Tensors;

/// <summary>What a model takes and gives.</summary>
/// <param name="Inputs">Inputs; all that are not optional must come.</param>
/// <param name="Outputs">Outputs; all of them are always given.</param>
internal sealed record TensorSignature(IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs);
