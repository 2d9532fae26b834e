namespace KpGrpc.InferenceServer.Storage;

/// <summary>The disk or Redis did not answer; asking again later makes sense.</summary>
internal sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
