using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Build;

/// <summary>
/// Every package that a project references directly stands, with its reason, in the table of the dependency page; a row may name
/// several packages, with commas between them.
/// </summary>
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

        var named = page.Lines.SelectMany(NamesOf).ToHashSet();
        return from file in tree.OwnText
               where file.HasExtension(".csproj") || file.HasExtension(".props")
               from reference in MsBuildItems.Of(file, "PackageReference")
               let package = reference.Attribute("Include")?.Value
               where package is not null && !named.Contains(package)
               select new Finding(file.Path, MsBuildItems.LineOf(reference), $"{Page} has no row for {package}: say there why this one.");
    }

    private static IEnumerable<string> NamesOf(string line) =>
        line.StartsWith('|') ? line.Split('|')[1].Split(',').Select(name => name.Trim(' ', '`')) : [];
}
