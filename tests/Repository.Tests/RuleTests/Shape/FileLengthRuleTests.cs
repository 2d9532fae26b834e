using KpGrpc.Repository.Tests.Rules.Shape;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Shape;

public sealed class FileLengthRuleTests
{
    [Fact]
    public void Check_FileOf400Lines_FindsNothing() =>
        Assert.Empty(new FileLengthRule().Check(RepositoryTree.Of(("src/A/A.cs", string.Concat(Enumerable.Repeat("// line\n", 400))))));

    [Fact]
    public void Check_LongForeignFile_FindsNothing() =>
        Assert.Empty(new FileLengthRule().Check(RepositoryTree.Of(("third_party/x/A.cs", string.Concat(Enumerable.Repeat("// line\n", 401))))));

    [Fact]
    public void Check_LongContract_FindsNothing() =>
        Assert.Empty(new FileLengthRule().Check(RepositoryTree.Of(("protos/a.proto", string.Concat(Enumerable.Repeat("// line\n", 401))))));

    [Fact]
    public void Check_FileOf401Lines_IsFound() =>
        Assert.Single(new FileLengthRule().Check(RepositoryTree.Of(("src/A/A.cs", string.Concat(Enumerable.Repeat("// line\n", 401))))));

    [Fact]
    public void Check_LongScript_IsFound() =>
        Assert.Single(new FileLengthRule().Check(RepositoryTree.Of(("build/a.sh", string.Concat(Enumerable.Repeat("// line\n", 401))))));
}
