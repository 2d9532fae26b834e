namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints.Pickle;

/// <summary>A pickle is malformed or asks for what is not allowed; the message has no subject and no full stop.</summary>
internal sealed class PickleException(string message, Exception? cause = null) : Exception(message, cause);
