using KpGrpc.Repository.Tests.Rules.Docs;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Docs;

public sealed class RelativeLinksRuleTests
{
    [Fact]
    public void Check_LinkToFile_FindsNothing() =>
        Assert.Empty(new RelativeLinksRule().Check(RepositoryTree.Of(("docs/a.md", "[b](b.md), ![c](../src)\n"), ("docs/b.md", ""), ("src/c.cs", ""))));

    [Fact]
    public void Check_LinkToHeading_FindsNothing() =>
        Assert.Empty(new RelativeLinksRule().Check(RepositoryTree.Of(("docs/a.md", "# The `one` place\n[b](#the-one-place)\n"))));

    [Fact]
    public void Check_OuterLink_FindsNothing() =>
        Assert.Empty(new RelativeLinksRule().Check(RepositoryTree.Of(("docs/a.md", "[b](https://example.org/x)\n"))));

    [Fact]
    public void Check_LinkInFence_FindsNothing() =>
        Assert.Empty(new RelativeLinksRule().Check(RepositoryTree.Of(("docs/a.md", "```\n[b](gone.md)\n```\n"))));

    [Fact]
    public void Check_MissingFile_IsFound() =>
        Assert.Single(new RelativeLinksRule().Check(RepositoryTree.Of(("docs/a.md", "[b](gone.md)\n"))));

    [Fact]
    public void Check_MissingHeading_IsFound() =>
        Assert.Single(new RelativeLinksRule().Check(RepositoryTree.Of(("docs/a.md", "# One\n[b](#two)\n"))));
}
