namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>A recommender's folder or settings are not what they must be; the message names the place and the rule.</summary>
internal sealed class SequenceModelException(string message, Exception? cause = null) : Exception(message, cause);
