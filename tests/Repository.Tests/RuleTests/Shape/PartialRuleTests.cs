using KpGrpc.Repository.Tests.Rules.Shape;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Shape;

public sealed class PartialRuleTests
{
    [Fact]
    public void Check_NestedLogMessages_FindsNothing() =>
        Assert.Empty(new PartialRule().Check(RepositoryTree.Of(("src/X/A.cs", "partial class A { static partial class Log { [LoggerMessage(1)] static partial void M(); } }\n"))));

    [Fact]
    public void Check_OptionsValidator_FindsNothing() =>
        Assert.Empty(new PartialRule().Check(RepositoryTree.Of(("src/X/A.cs", "[OptionsValidator] partial class V;\n"))));

    [Fact]
    public void Check_WholeClass_FindsNothing() =>
        Assert.Empty(new PartialRule().Check(RepositoryTree.Of(("src/X/A.cs", "class A;\n"))));

    [Fact]
    public void Check_PartialByHand_IsFound() =>
        Assert.Single(new PartialRule().Check(RepositoryTree.Of(("src/X/A.cs", "partial class A;\n"))));
}
