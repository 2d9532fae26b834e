namespace KpGrpc.InferenceServer.Batching;

/// <summary>No version takes requests now, because it is being loaded or unloaded; the message says which.</summary>
internal sealed class ModelUnavailableException(string message) : Exception(message);
