namespace KpGrpc.InferenceServer.Training;

/// <summary>A training cannot start or go on; the message says why and what to do.</summary>
internal sealed class TrainingException(string message, Exception? cause = null) : Exception(message, cause);
