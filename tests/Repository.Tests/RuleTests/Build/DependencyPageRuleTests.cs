using KpGrpc.Repository.Tests.Rules.Build;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Build;

public sealed class DependencyPageRuleTests
{
    [Fact]
    public void Check_NamedPackage_FindsNothing() =>
        Assert.Empty(new DependencyPageRule().Check(RepositoryTree.Of(("src/X/X.csproj", "<Project><PackageReference Include=\"P.Q\" /></Project>\n"), ("docs/design/0002-dependencies.md", "| `A`, P.Q | does it |\n"))));

    [Fact]
    public void Check_NoPageYet_FindsNothing() =>
        Assert.Empty(new DependencyPageRule().Check(RepositoryTree.Of(("src/X/X.csproj", "<Project><PackageReference Include=\"P.Q\" /></Project>\n"))));

    [Fact]
    public void Check_UnnamedPackage_IsFound() =>
        Assert.Single(new DependencyPageRule().Check(RepositoryTree.Of(("src/X/X.csproj", "<Project><PackageReference Include=\"P.Q\" /></Project>\n"), ("docs/design/0002-dependencies.md", "| P | does it, not P.Q |\n"))));
}
