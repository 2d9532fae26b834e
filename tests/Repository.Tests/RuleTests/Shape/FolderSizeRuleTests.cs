using KpGrpc.Repository.Tests.Rules.Shape;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Shape;

public sealed class FolderSizeRuleTests
{
    [Fact]
    public void Check_FolderOf20Files_FindsNothing() =>
        Assert.Empty(new FolderSizeRule().Check(RepositoryTree.Of([.. Enumerable.Range(0, 20).Select(number => ($"src/A/{(number == 0 ? "" : "")}F{number}.cs", ""))])));

    [Fact]
    public void Check_OneFileInInnerFolder_FindsNothing() =>
        Assert.Empty(new FolderSizeRule().Check(RepositoryTree.Of([.. Enumerable.Range(0, 21).Select(number => ($"src/A/{(number == 0 ? "Inner/" : "")}F{number}.cs", ""))])));

    [Fact]
    public void Check_FolderOf21Files_IsFound() =>
        Assert.Single(new FolderSizeRule().Check(RepositoryTree.Of([.. Enumerable.Range(0, 21).Select(number => ($"src/A/{(number == 0 ? "" : "")}F{number}.cs", ""))])));
}
