using KpGrpc.InferenceServer.Torch;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Torch;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void Start_OnThisMachine_MultipliesTwoMatrices()
    {
        var runtime = new TorchRuntime(Options.Create(new TorchOptions()), NullLogger<TorchRuntime>.Instance);

        using var scope = torch.NewDisposeScope();
        var left = torch.tensor(new float[] { 1, 2, 3, 4 }, 2, 2, device: runtime.Device); // [2, 2] float32
        var right = torch.tensor(new float[] { 5, 6, 7, 8 }, 2, 2, device: runtime.Device); // [2, 2] float32
        var product = torch.matmul(left, right).cpu().data<float>().ToArray();

        Assert.Equal([19f, 22f, 43f, 50f], product);
    }

    [Fact]
    public void Start_CudaDemandedWhereThereIsNone_SaysSo()
    {
        var automatic = new TorchRuntime(Options.Create(new TorchOptions()), NullLogger<TorchRuntime>.Instance);
        Assert.SkipWhen(automatic.Description.StartsWith("cuda", StringComparison.Ordinal), "This machine has CUDA; the test is about one without.");

        var failure = Assert.Throws<TorchUnavailableException>(
            () => new TorchRuntime(Options.Create(new TorchOptions { Device = "cuda" }), NullLogger<TorchRuntime>.Instance));

        Assert.Contains("Torch:Device", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_LibraryPathBesideTheBuildsOwnLibtorch_IsRefusedInsteadOfAborting()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The order of native loading is ours on Linux alone.");

        var failure = Assert.Throws<TorchUnavailableException>(
            () => new TorchRuntime(Options.Create(new TorchOptions { LibraryPath = "/opt/another/libtorch/lib" }), NullLogger<TorchRuntime>.Instance));

        Assert.Contains("TorchBackend=none", failure.Message, StringComparison.Ordinal);
    }
}
