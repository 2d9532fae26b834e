using KpGrpc.Repository.Tests.Rules.Build;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Build;

public sealed class NodeVersionsRuleTests
{
    [Fact]
    public void Check_ExactVersion_FindsNothing() =>
        Assert.Empty(new NodeVersionsRule().Check(RepositoryTree.Of(("t/package-lock.json", ""), ("t/package.json", "{\"dependencies\": {\"a\": \"1.2.3\"}}\n"))));

    [Fact]
    public void Check_Caret_IsFound() =>
        Assert.Single(new NodeVersionsRule().Check(RepositoryTree.Of(("t/package-lock.json", ""), ("t/package.json", "{\"dependencies\": {\"a\": \"^1.2.3\"}}\n"))));

    [Fact]
    public void Check_NoLockFile_IsFound() =>
        Assert.Single(new NodeVersionsRule().Check(RepositoryTree.Of(("t/package.json", "{\"dependencies\": {\"a\": \"1.2.3\"}}\n"))));
}
