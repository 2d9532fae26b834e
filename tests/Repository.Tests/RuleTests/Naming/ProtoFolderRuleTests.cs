using KpGrpc.Repository.Tests.Rules.Naming;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Naming;

public sealed class ProtoFolderRuleTests
{
    [Fact]
    public void Check_FolderOfPackage_FindsNothing() =>
        Assert.Empty(new ProtoFolderRule().Check(RepositoryTree.Of(("protos/kp/ledger/v1/ledger.proto", "package kp.ledger.v1;\n"))));

    [Fact]
    public void Check_ForeignContract_FindsNothing() =>
        Assert.Empty(new ProtoFolderRule().Check(RepositoryTree.Of(("third_party/x/a.proto", "package google.api;\n"))));

    [Fact]
    public void Check_OtherFolder_IsFound() =>
        Assert.Single(new ProtoFolderRule().Check(RepositoryTree.Of(("protos/kp/ledger/ledger.proto", "package kp.ledger.v1;\n"))));

    [Fact]
    public void Check_NoPackage_IsFound() =>
        Assert.Single(new ProtoFolderRule().Check(RepositoryTree.Of(("protos/kp/a.proto", "syntax = \"proto3\";\n"))));
}
