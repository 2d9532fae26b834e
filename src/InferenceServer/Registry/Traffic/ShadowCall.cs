using KpGrpc.InferenceServer.Batching;

namespace KpGrpc.InferenceServer.Registry.Traffic;

/// <summary>A request that can be asked of any version of its model.</summary>
internal delegate Task ShadowCall(IServedModel model, Priority priority, DateTimeOffset deadline, CancellationToken cancellationToken);
