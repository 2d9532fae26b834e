using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.TreeTests;

public sealed class RepositoryReaderTests
{
    [Fact]
    public void Read_ThisRepository_HoldsThisFileAndNoBuildOutput()
    {
        var tree = RepositoryReader.Read();

        Assert.True(tree.HasPath("tests/Repository.Tests/TreeTests/RepositoryReaderTests.cs"));
        Assert.False(tree.HasPath("artifacts"));
    }

    [Fact]
    public void ListByWalking_ThisRepository_HoldsAllThatGitLists()
    {
        var listed = RepositoryReader.ListByGit(RepositoryReader.Root);
        Assert.SkipUnless(listed is not null, "git is absent, or this is no checkout: install git (apt-get install git) and clone the repository");

        var walked = RepositoryReader.ListByWalking(RepositoryReader.Root);

        Assert.Empty(listed.Where(path => File.Exists(Path.Combine(RepositoryReader.Root, path))).Except(walked));
    }

    [Fact]
    public void ListByGit_FolderWithoutRepository_IsNull() =>
        Assert.Null(RepositoryReader.ListByGit(Path.GetTempPath()));
}
