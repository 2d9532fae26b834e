using KpGrpc.Repository.Tests.Rules.Build;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Build;

public sealed class MakefileHelpRuleTests
{
    [Fact]
    public void Check_VerbWithHelp_FindsNothing() =>
        Assert.Empty(new MakefileHelpRule().Check(RepositoryTree.Of(("Makefile", "A := 1\n.PHONY: run\nrun: build ## Starts it\n	@echo\n"))));

    [Fact]
    public void Check_VerbWithoutHelp_IsFound() =>
        Assert.Single(new MakefileHelpRule().Check(RepositoryTree.Of(("Makefile", "run: build\n	@echo\n"))));
}
