namespace KpGrpc.InferenceServer.Storage;

/// <summary>A queue stayed full, so asking again later makes sense; the message names it.</summary>
internal sealed class OverloadedException(string message) : Exception(message);
