using KpGrpc.Repository.Tests.Rules.Docs;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Docs;

public sealed class NamedPathsRuleTests
{
    [Fact]
    public void Check_ExistingFile_FindsNothing() =>
        Assert.Empty(new NamedPathsRule().Check(RepositoryTree.Of(("docs/a.md", "`src/X/A.cs`, `A.cs`, `src/X/`\n"), ("src/X/A.cs", ""))));

    [Fact]
    public void Check_RunTimeFolder_FindsNothing() =>
        Assert.Empty(new NamedPathsRule().Check(RepositoryTree.Of(("docs/a.md", "`data/demo/receipt.leaf`\n"))));

    [Fact]
    public void Check_Pattern_FindsNothing() =>
        Assert.Empty(new NamedPathsRule().Check(RepositoryTree.Of(("docs/a.md", "`src/*/A.cs`\n"), ("src/X/A.cs", ""))));

    [Fact]
    public void Check_MissingPath_IsFound() =>
        Assert.Single(new NamedPathsRule().Check(RepositoryTree.Of(("docs/a.md", "`src/X/B.cs`\n"), ("src/X/A.cs", ""))));

    [Fact]
    public void Check_MissingSource_IsFound() =>
        Assert.Single(new NamedPathsRule().Check(RepositoryTree.Of(("docs/a.md", "`B.cs`\n"))));
}
