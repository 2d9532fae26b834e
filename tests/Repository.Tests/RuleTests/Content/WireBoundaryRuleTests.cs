using KpGrpc.Repository.Tests.Rules.Content;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Content;

public sealed class WireBoundaryRuleTests
{
    [Fact]
    public void Check_Service_FindsNothing() =>
        Assert.Empty(new WireBoundaryRule().Check(RepositoryTree.Of(("src/X/Services/A.cs", "using KpGrpc.Protos.Ledger.V1;\n"))));

    [Fact]
    public void Check_Comment_FindsNothing() =>
        Assert.Empty(new WireBoundaryRule().Check(RepositoryTree.Of(("src/X/Log/A.cs", "// no RpcException here\n"))));

    [Fact]
    public void Check_Test_FindsNothing() =>
        Assert.Empty(new WireBoundaryRule().Check(RepositoryTree.Of(("tests/X.Tests/A.cs", "using KpGrpc.Protos.Ledger.V1;\n"))));

    [Fact]
    public void Check_UsingBelowServices_IsFound() =>
        Assert.Single(new WireBoundaryRule().Check(RepositoryTree.Of(("src/X/Log/A.cs", "using KpGrpc.Protos.Ledger.V1;\n"))));

    [Fact]
    public void Check_ExceptionBelowServices_IsFound() =>
        Assert.Single(new WireBoundaryRule().Check(RepositoryTree.Of(("src/X/Log/A.cs", "class A { void M() { throw new RpcException(); } }\n"))));

    [Fact]
    public void Check_QualifiedName_IsFound() =>
        Assert.Single(new WireBoundaryRule().Check(RepositoryTree.Of(("src/X/Log/A.cs", "class A { KpGrpc.Protos.Ledger.V1.Receipt receipt; }\n"))));

    [Fact]
    public void Check_StaticAccess_IsFound() =>
        Assert.Single(new WireBoundaryRule().Check(RepositoryTree.Of(("src/X/Log/A.cs", "class A { object M() => KpGrpc.Protos.Ledger.V1.Receipt.Parser; }\n"))));
}
