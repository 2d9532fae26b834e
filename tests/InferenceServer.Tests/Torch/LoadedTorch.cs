using KpGrpc.InferenceServer.Torch;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Torch;

/// <summary>libtorch, loaded once for all tests that compute with tensors; they all run on the CPU.</summary>
public sealed class LoadedTorch
{
    private static readonly Lazy<TorchRuntime> Runtime =
        new(() => new TorchRuntime(Options.Create(new TorchOptions { Device = "cpu" }), NullLogger<TorchRuntime>.Instance));

    /// <summary>Loads it where no test has yet.</summary>
    public LoadedTorch() => Device = Runtime.Value.Device;

    /// <summary>Gets the CPU.</summary>
    public torch.Device Device { get; }
}
