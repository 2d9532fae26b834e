using KpGrpc.InferenceServer.Torch;

namespace KpGrpc.InferenceServer.Tests.Torch;

public sealed class AdaptedLibraryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kpgrpc-adapted-").FullName;

    [Fact]
    public void Prepare_UnknownFile_NamesTheMissingVersionAndWritesNothing()
    {
        var source = Path.Combine(folder, "libLibTorchSharp.so");
        File.WriteAllText(source, "another build");
        var cache = Path.Combine(folder, "cache");

        var failure = Assert.Throws<TorchUnavailableException>(() => AdaptedLibrary.Prepare(source, cache, out _));

        Assert.Contains("GLIBCXX_3.4.32", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cache));
    }

    [Fact]
    public void Prepare_TheKnownFile_MakesOneCopyAndRepairsADamagedOne()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Assert.SkipUnless(File.Exists(source), "The native library of linux-x64 is not beside the tests.");

        var first = AdaptedLibrary.Prepare(source, folder, out var made);
        _ = AdaptedLibrary.Prepare(source, folder, out var madeAgain);
        var whole = File.ReadAllBytes(first);
        File.WriteAllBytes(first, whole.AsSpan(0, 1000));
        _ = AdaptedLibrary.Prepare(source, folder, out var repaired);

        Assert.True(made);
        Assert.False(madeAgain);
        Assert.True(repaired);
        Assert.Equal(whole, File.ReadAllBytes(first));
        Assert.Equal([first], Directory.GetFiles(folder));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
