namespace KpGrpc.InferenceServer.Import;

/// <summary>A file as a whole cannot be imported; the message is for the person at the command line.</summary>
internal sealed class ImportException(string message, Exception? cause = null) : Exception(message, cause);
