using System.Text.RegularExpressions;
using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Docs;

/// <summary>
/// A file or folder that a page names between backticks exists: a path whose first folder is in the repository, or the bare name of
/// a source file. Patterns (<c>*</c>, <c>&lt;x&gt;</c>) and folders made at run time are not looked up.
/// </summary>
internal sealed partial class NamedPathsRule : IRule
{
    public string Name => "named-paths";

    public IEnumerable<Finding> Check(RepositoryTree tree)
    {
        var names = tree.Files.Select(file => file.Name).ToHashSet();
        return from file in tree.Markdown
               from span in new MarkdownPage(file).CodeSpans
               where IsMissing(tree, names, file, span.Text)
               select new Finding(file.Path, span.Line, $"`{span.Text}` does not exist: correct the page, or name the file that took its place.");
    }

    private static bool IsMissing(RepositoryTree tree, HashSet<string> names, RepositoryFile page, string span)
    {
        if (!PlainPath().IsMatch(span))
        {
            return false;
        }

        var first = span.Split('/')[0];
        return span.Contains('/', StringComparison.Ordinal)
            ? tree.HasPath(first) && !tree.HasPath(span) && !tree.HasPath(MarkdownPath.Resolve(page.Folder, span))
            : SourceName().IsMatch(span) && !names.Contains(span);
    }

    [GeneratedRegex(@"^[\w.\-]+(/[\w.\-]+)*/?$")]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"^\w[\w.\-]*\.(cs|csproj|proto|sh|md|sln|props)$")]
    private static partial Regex SourceName();
}
