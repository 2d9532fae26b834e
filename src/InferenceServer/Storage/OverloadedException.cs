namespace KpGrpc.InferenceServer.Storage;

/// <summary>A bound was met; the message names it.</summary>
internal sealed class OverloadedException(string message) : Exception(message);
