namespace KpGrpc.InferenceServer.Torch;

/// <summary>The native side of TorchSharp cannot be loaded on this machine; the message says why and what to do.</summary>
internal sealed class TorchUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
