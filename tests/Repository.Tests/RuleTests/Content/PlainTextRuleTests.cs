using KpGrpc.Repository.Tests.Rules.Content;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Content;

public sealed class PlainTextRuleTests
{
    [Fact]
    public void Check_LineFeeds_FindsNothing() =>
        Assert.Empty(new PlainTextRule().Check(RepositoryTree.Of(("src/X/a.txt", "one\ntwo\n"))));

    [Fact]
    public void Check_PictureInDocs_FindsNothing() =>
        Assert.Empty(new PlainTextRule().Check(RepositoryTree.Of(("docs/a.png", "\0\n"))));

    [Fact]
    public void Check_EmptyFile_FindsNothing() =>
        Assert.Empty(new PlainTextRule().Check(RepositoryTree.Of(("src/X/a.txt", ""))));

    [Fact]
    public void Check_VectorWithoutLineFeed_FindsNothing() =>
        Assert.Empty(new PlainTextRule().Check(RepositoryTree.Of(("tests/X.Tests/Vectors/a.json", "{}"))));

    [Fact]
    public void Check_Solution_FindsNothing() =>
        Assert.Empty(new PlainTextRule().Check(RepositoryTree.Of(("KpGrpc.sln", "one\r\n"))));

    [Fact]
    public void Check_ByteOrderMark_IsFound() =>
        Assert.Single(new PlainTextRule().Check(RepositoryTree.Of(("src/X/a.txt", "\uFEFFone\n"))));

    [Fact]
    public void Check_CarriageReturn_IsFound() =>
        Assert.Single(new PlainTextRule().Check(RepositoryTree.Of(("src/X/a.txt", "one\r\n"))));

    [Fact]
    public void Check_NoLineFeedAtEnd_IsFound() =>
        Assert.Single(new PlainTextRule().Check(RepositoryTree.Of(("src/X/a.txt", "one"))));

    [Fact]
    public void Check_BinaryFile_IsFound() =>
        Assert.Single(new PlainTextRule().Check(RepositoryTree.Of(("tests/X.Tests/a.bin", "\0\n"))));
}
