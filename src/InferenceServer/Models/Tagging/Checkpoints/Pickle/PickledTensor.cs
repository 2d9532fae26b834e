namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints.Pickle;

/// <summary>A tensor as a view of a storage.</summary>
/// <param name="Storage">Its numbers.</param>
/// <param name="Offset">First of them.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Strides">Numbers between two neighbours in each dimension.</param>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Shape, long[] Strides);
