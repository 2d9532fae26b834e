using KpGrpc.Repository.Tests.Rules.Naming;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Naming;

public sealed class TestNamesRuleTests
{
    [Fact]
    public void Check_ThreeParts_FindsNothing() =>
        Assert.Empty(new TestNamesRule().Check(RepositoryTree.Of(("tests/X.Tests/ATests.cs", "class A { [Fact] public void Add_TwoOnes_IsTwo() { } }\n"))));

    [Fact]
    public void Check_MethodThatIsNoTest_FindsNothing() =>
        Assert.Empty(new TestNamesRule().Check(RepositoryTree.Of(("tests/X.Tests/ATests.cs", "class A { void Make() { } }\n"))));

    [Fact]
    public void Check_OnePart_IsFound() =>
        Assert.Single(new TestNamesRule().Check(RepositoryTree.Of(("tests/X.Tests/ATests.cs", "class A { [Fact] public void Works() { } }\n"))));

    [Fact]
    public void Check_TheoryOfTwoParts_IsFound() =>
        Assert.Single(new TestNamesRule().Check(RepositoryTree.Of(("tests/X.Tests/ATests.cs", "class A { [Theory] public void Add_Works() { } }\n"))));
}
