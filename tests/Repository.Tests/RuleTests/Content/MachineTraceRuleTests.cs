using KpGrpc.Repository.Tests.Rules.Content;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Content;

public sealed class MachineTraceRuleTests
{
    [Fact]
    public void Check_RelativePath_FindsNothing() =>
        Assert.Empty(new MachineTraceRule().Check(RepositoryTree.Of(("docs/a.md", "See ../shared/data and src/work/x.\n"))));

    [Fact]
    public void Check_Route_FindsNothing() =>
        Assert.Empty(new MachineTraceRule().Check(RepositoryTree.Of(("src/X/a.json", "\"/v1/work/1\", \"https://a.org/home/b/\"\n"))));

    [Fact]
    public void Check_HomeFolder_IsFound() =>
        Assert.Single(new MachineTraceRule().Check(RepositoryTree.Of(("docs/a.md", "cd /ho" + "me/ann/code\n"))));

    [Fact]
    public void Check_RootFolder_IsFound() =>
        Assert.Single(new MachineTraceRule().Check(RepositoryTree.Of(("a.json", "\"path\": \"/ro" + "ot/x\"\n"))));

    [Fact]
    public void Check_Registry_IsFound() =>
        Assert.Single(new MachineTraceRule().Check(RepositoryTree.Of(("package-lock.json", "\"resol" + "ved\": \"https://x/y.tgz\"\n"))));
}
