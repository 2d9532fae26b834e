namespace KpGrpc.InferenceServer.Batching;

/// <summary>The request's deadline passed while it waited; nothing was computed for it.</summary>
internal sealed class DeadlinePassedException(string message) : Exception(message);
