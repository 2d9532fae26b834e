using KpGrpc.Repository.Tests.Rules.Build;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Build;

public sealed class SolutionRuleTests
{
    [Fact]
    public void Check_ProjectInSolution_FindsNothing() =>
        Assert.Empty(new SolutionRule().Check(RepositoryTree.Of(("src/X/X.csproj", "<Project><PackageReference Include=\"P.Q\" /></Project>\n"), ("KpGrpc.sln", "\"X\", \"src\\X\\X.csproj\"\n"))));

    [Fact]
    public void Check_NoSolutionYet_FindsNothing() =>
        Assert.Empty(new SolutionRule().Check(RepositoryTree.Of(("src/X/X.csproj", "<Project><PackageReference Include=\"P.Q\" /></Project>\n"))));

    [Fact]
    public void Check_ProjectNotInSolution_IsFound() =>
        Assert.Single(new SolutionRule().Check(RepositoryTree.Of(("src/X/X.csproj", "<Project><PackageReference Include=\"P.Q\" /></Project>\n"), ("KpGrpc.sln", "\n"))));
}
