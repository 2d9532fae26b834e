using KpGrpc.Repository.Tests.Rules.Docs;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Docs;

public sealed class SingleTitleRuleTests
{
    [Fact]
    public void Check_OneTitle_FindsNothing() =>
        Assert.Empty(new SingleTitleRule().Check(RepositoryTree.Of(("docs/a.md", "# One\n## Two\n"))));

    [Fact]
    public void Check_TitleInFence_FindsNothing() =>
        Assert.Empty(new SingleTitleRule().Check(RepositoryTree.Of(("docs/a.md", "# One\n```sh\n# comment\n```\n"))));

    [Fact]
    public void Check_NoTitle_IsFound() =>
        Assert.Single(new SingleTitleRule().Check(RepositoryTree.Of(("docs/a.md", "text\n"))));

    [Fact]
    public void Check_TwoTitles_IsFound() =>
        Assert.Single(new SingleTitleRule().Check(RepositoryTree.Of(("docs/a.md", "# One\n# Two\n"))));
}
