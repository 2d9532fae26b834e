using KpGrpc.Repository.Tests.Rules.Shape;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Shape;

public sealed class ServiceLengthRuleTests
{
    [Fact]
    public void Check_ServiceOf120Lines_FindsNothing() =>
        Assert.Empty(new ServiceLengthRule().Check(RepositoryTree.Of(("src/X/Services/A.cs", "class A : B.BBase\n{\n" + new string('\n', 117) + "}\n"))));

    [Fact]
    public void Check_LongClassElsewhere_FindsNothing() =>
        Assert.Empty(new ServiceLengthRule().Check(RepositoryTree.Of(("src/X/Batching/A.cs", "class A : B.BBase\n{\n" + new string('\n', 118) + "}\n"))));

    [Fact]
    public void Check_ServiceOf121Lines_IsFound() =>
        Assert.Single(new ServiceLengthRule().Check(RepositoryTree.Of(("src/X/Services/A.cs", "class A : B.BBase\n{\n" + new string('\n', 118) + "}\n"))));
}
