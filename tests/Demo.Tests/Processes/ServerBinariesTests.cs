using KpGrpc.Demo.Processes;
using KpGrpc.Testing;
using Xunit;

namespace KpGrpc.Demo.Tests.Processes;

public sealed class ServerBinariesTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Find_ServerBesideTheDemo_IsFoundInTheSameConfiguration()
    {
        var expected = Touch("bin", "KpGrpc.Gateway", "release", "KpGrpc.Gateway");

        var binaries = new ServerBinaries(null, folder.Combine("bin", "KpGrpc.Demo", "release") + Path.DirectorySeparatorChar);

        Assert.Equal(expected, binaries.Find(ServerProgram.Gateway));
    }

    [Fact]
    public void Find_ConfiguredFolder_IsFoundWithoutConfiguration()
    {
        var expected = Touch("servers", "KpGrpc.LedgerServer", "KpGrpc.LedgerServer");

        Assert.Equal(expected, new ServerBinaries(folder.Combine("servers"), AppContext.BaseDirectory).Find(ServerProgram.Ledger));
    }

    [Fact]
    public void Check_ServerThatIsNotBuilt_SaysWhichAndWhatToDo()
    {
        var failure = Assert.Throws<DemoException>(() => new ServerBinaries(folder.Path, AppContext.BaseDirectory).Check([ServerProgram.Inference]));

        Assert.Contains("the executable of the InferenceServer is missing", failure.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet build src/InferenceServer", failure.Message, StringComparison.Ordinal);
        Assert.Contains(ServerBinaries.Variable, failure.Message, StringComparison.Ordinal);
    }

    private string Touch(params string[] parts)
    {
        var path = folder.Combine(parts) + (OperatingSystem.IsWindows() ? ".exe" : "");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
