namespace KpGrpc.InferenceServer.Registry;

/// <summary>A version cannot be published, read or served; the message names the folder or file, the rule and what helps.</summary>
internal sealed class ModelFaultException(string message, Exception? inner = null) : Exception(message, inner);
