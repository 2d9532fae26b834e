namespace KpGrpc.InferenceServer.Torch.Safetensors;

/// <summary>A weights file is damaged, or holds something else than asked for; the message names file, part and what to do.</summary>
/// <param name="path">The file.</param>
/// <param name="reason">What is wrong with it, without a full stop at the end.</param>
/// <param name="cause">What was caught, if anything.</param>
internal sealed class SafetensorsException(string path, string reason, Exception? cause = null)
    : Exception($"{path} is no usable safetensors file: {reason}.", cause);
