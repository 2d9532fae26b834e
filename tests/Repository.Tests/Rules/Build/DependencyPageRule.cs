using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Build;

/// <summary>Every package that a project references directly is named, with the reason for it, on the dependency page.</summary>
internal sealed class DependencyPageRule : IRule
{
    public const string Page = "docs/design/0002-dependencies.md";

    public string Name => "dependency-page";

    public IEnumerable<Finding> Check(RepositoryTree tree)
    {
        if (tree.Find(Page) is not { } page)
        {
            return [];
        }

        var named = new MarkdownPage(page).CodeSpans.Select(span => span.Text).ToHashSet();
        return from file in tree.OwnText
               where file.HasExtension(".csproj") || file.HasExtension(".props")
               from reference in MsBuildItems.Of(file, "PackageReference")
               let package = reference.Attribute("Include")?.Value
               where package is not null && !named.Contains(package)
               select new Finding(file.Path, MsBuildItems.LineOf(reference), $"{Page} does not name `{package}`: say there what it is for and what else was looked at.");
    }
}
