namespace KpGrpc.InferenceServer.Storage;

/// <summary>A lasting bound was met, so the same request fails again until the request or the bound changes; the message names it.</summary>
internal sealed class CapacityException(string message) : Exception(message);
