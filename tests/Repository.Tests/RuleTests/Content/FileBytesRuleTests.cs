using KpGrpc.Repository.Tests.Rules.Content;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Content;

public sealed class FileBytesRuleTests
{
    [Fact]
    public void Check_FileOf1MiB_FindsNothing() =>
        Assert.Empty(new FileBytesRule().Check(RepositoryTree.Of(("data.txt", new string('a', 1 << 20)))));

    [Fact]
    public void Check_FileOfOneByteMore_IsFound() =>
        Assert.Single(new FileBytesRule().Check(RepositoryTree.Of(("data.txt", new string('a', (1 << 20) + 1)))));
}
