using KpGrpc.Repository.Tests.Rules.Shape;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Shape;

public sealed class ProgramLengthRuleTests
{
    [Fact]
    public void Check_ProgramOf40Lines_FindsNothing() =>
        Assert.Empty(new ProgramLengthRule().Check(RepositoryTree.Of(("src/X/Program.cs", string.Concat(Enumerable.Repeat("// line\n", 40))))));

    [Fact]
    public void Check_ProgramOf41Lines_IsFound() =>
        Assert.Single(new ProgramLengthRule().Check(RepositoryTree.Of(("src/X/Program.cs", string.Concat(Enumerable.Repeat("// line\n", 41))))));
}
