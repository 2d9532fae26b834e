using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.TreeTests;

public sealed class MarkdownPageTests
{
    [Fact]
    public void Headings_HashInFence_IsNoHeading() =>
        Assert.Equal([(1, "One", 1)], PageOf("# One\n````\n```\n# two\n````\n").Headings);

    [Fact]
    public void Links_TargetInCodeSpan_IsNoLink() =>
        Assert.Equal([("b.md", 1)], PageOf("[a](b.md) and `[c](d.md)`\n").Links);

    [Fact]
    public void Anchors_RepeatedAndChineseHeadings_AreNumberedAndKept() =>
        Assert.Equal(["run-it", "run-it-1", "它是什么"], PageOf("# Run it!\n## Run it\n## 它是什么？\n").Anchors());

    private static MarkdownPage PageOf(string text) => new(RepositoryTree.Of(("a.md", text)).Files[0]);
}
