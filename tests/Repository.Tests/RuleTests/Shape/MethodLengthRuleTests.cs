using KpGrpc.Repository.Tests.Rules.Shape;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Shape;

public sealed class MethodLengthRuleTests
{
    [Fact]
    public void Check_MethodOf70Lines_FindsNothing() =>
        Assert.Empty(new MethodLengthRule().Check(RepositoryTree.Of(("src/A/A.cs", "class A\n{\nvoid M()\n{\n" + new string('\n', 67) + "}\n}\n"))));

    [Fact]
    public void Check_MethodOf71Lines_IsFound() =>
        Assert.Single(new MethodLengthRule().Check(RepositoryTree.Of(("src/A/A.cs", "class A\n{\nvoid M()\n{\n" + new string('\n', 68) + "}\n}\n"))));

    [Fact]
    public void Check_LongConstructor_IsFound() =>
        Assert.Single(new MethodLengthRule().Check(RepositoryTree.Of(("src/A/A.cs", "class A\n{\nA()\n{\n" + new string('\n', 68) + "}\n}\n"))));

    [Fact]
    public void Check_LongAccessor_IsFound() =>
        Assert.Single(new MethodLengthRule().Check(RepositoryTree.Of(("src/A/A.cs", "class A { int P { get {\n" + new string('\n', 70) + "return 1; } } }\n"))));
}
