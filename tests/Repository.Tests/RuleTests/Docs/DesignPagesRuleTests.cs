using KpGrpc.Repository.Tests.Rules.Docs;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Docs;

public sealed class DesignPagesRuleTests
{
    [Fact]
    public void Check_WholePage_FindsNothing() =>
        Assert.Empty(new DesignPagesRule().Check(RepositoryTree.Of(("docs/design/0001-a.md", "# T\n## Context\n## Decision\n## Rejected\n## What would change our mind\n"), ("docs/design/0002-b.md", "# T\n## Context\n## Decision\n## Rejected\n## What would change our mind\n"))));

    [Fact]
    public void Check_SectionMissing_IsFound() =>
        Assert.Single(new DesignPagesRule().Check(RepositoryTree.Of(("docs/design/0001-a.md", "# T\n## Context\n## Decision\n## What would change our mind\n"))));

    [Fact]
    public void Check_SameNumber_IsFound() =>
        Assert.Single(new DesignPagesRule().Check(RepositoryTree.Of(("docs/design/0001-a.md", "# T\n## Context\n## Decision\n## Rejected\n## What would change our mind\n"), ("docs/design/0001-b.md", "# T\n## Context\n## Decision\n## Rejected\n## What would change our mind\n"))));

    [Fact]
    public void Check_NoNumber_IsFound() =>
        Assert.Single(new DesignPagesRule().Check(RepositoryTree.Of(("docs/design/abcd-a.md", "# T\n## Context\n## Decision\n## Rejected\n## What would change our mind\n"))));
}
