using System.Text.RegularExpressions;
using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Docs;

/// <summary>A page of docs/design is called NNNN-title.md, its number is its own, and it has the four sections of a decision.</summary>
internal sealed partial class DesignPagesRule : IRule
{
    private static readonly string[] Sections = ["Context", "Decision", "Rejected", "What would change our mind"];

    public string Name => "design-pages";

    public IEnumerable<Finding> Check(RepositoryTree tree)
    {
        var pages = tree.Markdown.Where(file => file.Folder == "docs/design").ToList();
        foreach (var page in pages)
        {
            if (!Numbered().IsMatch(page.Name))
            {
                yield return new Finding(page.Path, 1, "Call it NNNN-title.md, with the next free number.");
            }

            var headings = new MarkdownPage(page).Headings.Where(heading => heading.Level == 2).Select(heading => heading.Text).ToList();
            foreach (var section in Sections.Where(section => !headings.Any(heading => heading.StartsWith(section, StringComparison.OrdinalIgnoreCase))))
            {
                yield return new Finding(page.Path, 1, $"The section \"## {section}\" is missing: a decision has {string.Join(", ", Sections)}.");
            }
        }

        foreach (var same in pages.GroupBy(page => page.Name[..Math.Min(4, page.Name.Length)]).Where(group => group.Count() > 1))
        {
            yield return new Finding(same.Last().Path, 1, $"{same.First().Path} has the number {same.Key} already: take the next free one.");
        }
    }

    [GeneratedRegex(@"^\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex Numbered();
}
