using KpGrpc.Demo.Data;
using KpGrpc.Testing;
using Xunit;

namespace KpGrpc.Demo.Tests.Data;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_ConfiguredFolderWithoutData_TakesTheSample()
    {
        var data = DataFolder.Read(folder.Path, AppContext.BaseDirectory);

        Assert.Equal(200, data.Works.Count);
        Assert.Contains(data.Notes, note => note.Contains(folder.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void BesideRepository_FolderInsideOne_IsSharedDataBesideIt()
    {
        Directory.CreateDirectory(folder.Combine("project", "artifacts", "bin"));
        File.WriteAllText(folder.Combine("project", "KpGrpc.sln"), "");

        Assert.Equal(folder.Combine("shared", "data"), DataFolder.BesideRepository(folder.Combine("project", "artifacts", "bin")));
    }

    [Fact]
    public async Task WriteAsync_Sample_WritesOneLineAWorkAndALearner()
    {
        var data = DataFolder.Read(folder.Path, AppContext.BaseDirectory);

        var files = await ImportFiles.WriteAsync(data, folder.Combine("import"), TestContext.Current.CancellationToken);

        var works = await File.ReadAllLinesAsync(files.Catalogue, TestContext.Current.CancellationToken);
        var learners = await File.ReadAllLinesAsync(files.History, TestContext.Current.CancellationToken);
        Assert.Equal((data.Works.Count, data.Histories.Count), (works.Length, learners.Length));
        Assert.StartsWith("{\"work_id\":\"w-0001\",\"kind\":\"course\",\"field\":\"education\"", works[0], StringComparison.Ordinal);
        Assert.StartsWith("learner-0001 w-", learners[0], StringComparison.Ordinal);
    }
}
