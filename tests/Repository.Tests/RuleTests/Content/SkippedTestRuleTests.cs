using KpGrpc.Repository.Tests.Rules.Content;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Content;

public sealed class SkippedTestRuleTests
{
    [Fact]
    public void Check_SkipUnless_FindsNothing() =>
        Assert.Empty(new SkippedTestRule().Check(RepositoryTree.Of(("tests/X.Tests/A.cs", "class A { [Fact] void M() => Assert.SkipUnless(false, \"why\"); }\n"))));

    [Fact]
    public void Check_OtherAssignment_FindsNothing() =>
        Assert.Empty(new SkippedTestRule().Check(RepositoryTree.Of(("src/X/A.cs", "class A { string Skip = \"\"; }\n"))));

    [Fact]
    public void Check_SkippedFact_IsFound() =>
        Assert.Single(new SkippedTestRule().Check(RepositoryTree.Of(("tests/X.Tests/A.cs", "class A { [Fact(Skip = \"later\")] void M() { } }\n"))));
}
