using KpGrpc.Repository.Tests.Rules.Naming;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Naming;

public sealed class BannedNamesRuleTests
{
    [Fact]
    public void Check_ExactNames_FindsNothing() =>
        Assert.Empty(new BannedNamesRule().Check(RepositoryTree.Of(("src/X/Ordering/Sequencer.cs", "class Sequencer;\n"))));

    [Fact]
    public void Check_WordInsideWord_FindsNothing() =>
        Assert.Empty(new BannedNamesRule().Check(RepositoryTree.Of(("src/X/Commonwealth.cs", "class Commonwealth;\n"))));

    [Fact]
    public void Check_FolderCalledCommon_IsFound() =>
        Assert.Single(new BannedNamesRule().Check(RepositoryTree.Of(("src/X/Common/Order.cs", "class Order;\n"))));

    [Fact]
    public void Check_FileCalledHelper_IsFound() =>
        Assert.Single(new BannedNamesRule().Check(RepositoryTree.Of(("src/X/order-helper.js", ""))));

    [Fact]
    public void Check_TypeCalledManager_IsFound() =>
        Assert.Single(new BannedNamesRule().Check(RepositoryTree.Of(("src/X/Order.cs", "class OrderManager;\n"))));
}
