using KpGrpc.Repository.Tests.Rules.Shape;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Shape;

public sealed class RegionRuleTests
{
    [Fact]
    public void Check_PlainCode_FindsNothing() =>
        Assert.Empty(new RegionRule().Check(RepositoryTree.Of(("src/X/A.cs", "class A;\n"))));

    [Fact]
    public void Check_Region_IsFound() =>
        Assert.Single(new RegionRule().Check(RepositoryTree.Of(("src/X/A.cs", "class A\n{\n    #region x\n    #endregion\n}\n"))));
}
