using KpGrpc.Repository.Tests.Rules.Content;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Content;

public sealed class SuppressionRuleTests
{
    [Fact]
    public void Check_PragmaWithReason_FindsNothing() =>
        Assert.Empty(new SuppressionRule().Check(RepositoryTree.Of(("src/X/A.cs", "#pragma warning disable CA1000 // the type argument is the point\n"))));

    [Fact]
    public void Check_JustifiedSuppression_FindsNothing() =>
        Assert.Empty(new SuppressionRule().Check(RepositoryTree.Of(("src/X/A.cs", "[SuppressMessage(\"a\", \"b\", Justification = \"c\")]\nclass A;\n"))));

    [Fact]
    public void Check_BarePragma_IsFound() =>
        Assert.Single(new SuppressionRule().Check(RepositoryTree.Of(("src/X/A.cs", "#pragma warning disable CA1000\n"))));

    [Fact]
    public void Check_BareSuppression_IsFound() =>
        Assert.Single(new SuppressionRule().Check(RepositoryTree.Of(("src/X/A.cs", "[SuppressMessage(\"a\", \"b\")]\nclass A;\n"))));
}
