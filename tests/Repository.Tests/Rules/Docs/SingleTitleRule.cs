using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Docs;

/// <summary>A Markdown page has exactly one title: one heading of level 1.</summary>
internal sealed class SingleTitleRule : IRule
{
    public string Name => "single-title";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.Markdown
        let titles = new MarkdownPage(file).Headings.Where(heading => heading.Level == 1).ToList()
        where titles.Count != 1
        select new Finding(file.Path, titles.ElementAtOrDefault(1).Line is var line and > 0 ? line : 1, $"{titles.Count} titles: a page has exactly one \"# \" heading.");
}
