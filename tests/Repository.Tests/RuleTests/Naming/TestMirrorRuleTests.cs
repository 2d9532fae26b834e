using KpGrpc.Repository.Tests.Rules.Naming;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Naming;

public sealed class TestMirrorRuleTests
{
    [Fact]
    public void Check_SamePlace_FindsNothing() =>
        Assert.Empty(new TestMirrorRule().Check(RepositoryTree.Of(("src/X/Log/Leaf.cs", ""), ("tests/X.Tests/Log/LeafTests.cs", ""))));

    [Fact]
    public void Check_FourOfFive_FindsNothing() =>
        Assert.Empty(new TestMirrorRule().Check(RepositoryTree.Of([.. Enumerable.Range(0, 4).SelectMany(number => new[] { ($"src/X/A{number}.cs", ""), ($"tests/X.Tests/A{number}Tests.cs", "") }), ("tests/X.Tests/StoryTests.cs", "")])));

    [Fact]
    public void Check_VectorTest_FindsNothing() =>
        Assert.Empty(new TestMirrorRule().Check(RepositoryTree.Of(("tests/X.Tests/NoteVectorTests.cs", ""))));

    [Fact]
    public void Check_FunctionalTest_FindsNothing() =>
        Assert.Empty(new TestMirrorRule().Check(RepositoryTree.Of(("tests/Functional.Tests/StoryTests.cs", ""))));

    [Fact]
    public void Check_OtherFolder_IsFound() =>
        Assert.Single(new TestMirrorRule().Check(RepositoryTree.Of([.. Enumerable.Range(0, 9).SelectMany(number => new[] { ($"src/X/A{number}.cs", ""), ($"tests/X.Tests/A{number}Tests.cs", "") }), ("src/X/Log/Leaf.cs", ""), ("tests/X.Tests/LeafTests.cs", "")])));

    [Fact]
    public void Check_ThreeOfFour_IsFound() =>
        Assert.Single(new TestMirrorRule().Check(RepositoryTree.Of([.. Enumerable.Range(0, 3).SelectMany(number => new[] { ($"src/X/A{number}.cs", ""), ($"tests/X.Tests/A{number}Tests.cs", "") }), ("tests/X.Tests/StoryTests.cs", "")])));
}
