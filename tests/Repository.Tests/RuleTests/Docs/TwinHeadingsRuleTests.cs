using KpGrpc.Repository.Tests.Rules.Docs;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Docs;

public sealed class TwinHeadingsRuleTests
{
    [Fact]
    public void Check_SameHeadings_FindsNothing() =>
        Assert.Empty(new TwinHeadingsRule().Check(RepositoryTree.Of(("README.md", "# A\n## B\n"), ("README.zh-CN.md", "# 甲\n## 乙\n"))));

    [Fact]
    public void Check_NoTwin_FindsNothing() =>
        Assert.Empty(new TwinHeadingsRule().Check(RepositoryTree.Of(("README.md", "# A\n"))));

    [Fact]
    public void Check_HeadingMissing_IsFound() =>
        Assert.Single(new TwinHeadingsRule().Check(RepositoryTree.Of(("README.md", "# A\n## B\n"), ("README.zh-CN.md", "# 甲\n"))));

    [Fact]
    public void Check_OtherLevel_IsFound() =>
        Assert.Single(new TwinHeadingsRule().Check(RepositoryTree.Of(("README.md", "# A\n## B\n"), ("README.zh-CN.md", "# 甲\n### 乙\n"))));
}
