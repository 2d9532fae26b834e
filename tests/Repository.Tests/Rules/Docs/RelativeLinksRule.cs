using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Docs;

/// <summary>Every relative link of a Markdown page leads to a file, a folder or a heading of the repository.</summary>
internal sealed class RelativeLinksRule : IRule
{
    public string Name => "relative-links";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.Markdown
        from link in new MarkdownPage(file).Links
        where !link.Target.Contains("://", StringComparison.Ordinal) && !link.Target.StartsWith("mailto:", StringComparison.Ordinal)
        let fault = FaultOf(tree, file, link.Target)
        where fault is not null
        select new Finding(file.Path, link.Line, fault);

    private static string? FaultOf(RepositoryTree tree, RepositoryFile from, string target)
    {
        var parts = Uri.UnescapeDataString(target).Split('#', 2);
        var path = parts[0].Length == 0 ? from.Path : MarkdownPath.Resolve(from.Folder, parts[0]);
        if (!tree.HasPath(path))
        {
            return $"The link leads to {path}, which does not exist: correct or remove it.";
        }

        var page = tree.Find(path);
        return parts.Length == 2 && page is { IsMarkdown: true } && !new MarkdownPage(page).Anchors().Contains(parts[1])
            ? $"{path} has no heading #{parts[1]}: correct the link."
            : null;
    }
}
