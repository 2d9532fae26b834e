using KpGrpc.Repository.Tests.Rules.Build;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Build;

public sealed class NamedVerbsRuleTests
{
    [Fact]
    public void Check_VerbInMakefile_FindsNothing() =>
        Assert.Empty(new NamedVerbsRule().Check(RepositoryTree.Of(("Makefile", "run: ## Starts it\n"), ("README.md", "`make run`\n"))));

    [Fact]
    public void Check_Prose_FindsNothing() =>
        Assert.Empty(new NamedVerbsRule().Check(RepositoryTree.Of(("Makefile", "run: ## Starts it\n"), ("README.md", "make sure\n"))));

    [Fact]
    public void Check_Pattern_FindsNothing() =>
        Assert.Empty(new NamedVerbsRule().Check(RepositoryTree.Of(("Makefile", "run: ## Starts it\n"), ("README.md", "`make perf-*`\n"))));

    [Fact]
    public void Check_VerbNotInMakefile_IsFound() =>
        Assert.Single(new NamedVerbsRule().Check(RepositoryTree.Of(("Makefile", "run: ## Starts it\n"), ("README.md", "`make fly`\n"))));

    [Fact]
    public void Check_VerbInFence_IsFound() =>
        Assert.Single(new NamedVerbsRule().Check(RepositoryTree.Of(("Makefile", "run: ## Starts it\n"), ("README.md", "```sh\n$ make fly\n```\n"))));
}
