using KpGrpc.Repository.Tests.Rules.Build;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Build;

public sealed class PackageVersionsRuleTests
{
    [Fact]
    public void Check_ExactVersion_FindsNothing() =>
        Assert.Empty(new PackageVersionsRule().Check(RepositoryTree.Of(("Directory.Packages.props", "<Project><ItemGroup><PackageVersion Include=\"P\" Version=\"1.2.3-beta.1\" /></ItemGroup></Project>\n"))));

    [Fact]
    public void Check_ReferenceWithoutVersion_FindsNothing() =>
        Assert.Empty(new PackageVersionsRule().Check(RepositoryTree.Of(("src/X/X.csproj", "<Project><PackageReference Include=\"P\" /></Project>\n"))));

    [Fact]
    public void Check_Range_IsFound() =>
        Assert.Single(new PackageVersionsRule().Check(RepositoryTree.Of(("Directory.Packages.props", "<Project><ItemGroup><PackageVersion Include=\"P\" Version=\"[1.0,2.0)\" /></ItemGroup></Project>\n"))));

    [Fact]
    public void Check_Wildcard_IsFound() =>
        Assert.Single(new PackageVersionsRule().Check(RepositoryTree.Of(("Directory.Packages.props", "<Project><ItemGroup><PackageVersion Include=\"P\" Version=\"1.*\" /></ItemGroup></Project>\n"))));

    [Fact]
    public void Check_VersionInProject_IsFound() =>
        Assert.Single(new PackageVersionsRule().Check(RepositoryTree.Of(("src/X/X.csproj", "<Project><PackageReference Include=\"P\" Version=\"1.0.0\" /></Project>\n"))));
}
