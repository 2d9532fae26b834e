using System.Text.RegularExpressions;
using System.Xml.Linq;
using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Build;

/// <summary>Every package has one exact version, and it stands in Directory.Packages.props.</summary>
internal sealed partial class PackageVersionsRule : IRule
{
    public string Name => "package-versions";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.OwnText
        where file.HasExtension(".csproj") || file.HasExtension(".props")
        from element in MsBuildItems.Of(file, "PackageVersion", "PackageReference")
        let fault = FaultOf(element)
        where fault is not null
        select new Finding(file.Path, MsBuildItems.LineOf(element), $"{element.Attribute("Include")?.Value}: {fault}");

    private static string? FaultOf(XElement element)
    {
        var version = element.Attribute("Version")?.Value ?? "";
        return element.Name.LocalName == "PackageVersion"
            ? Exact().IsMatch(version) ? null : $"\"{version}\" is not an exact version: no ranges, no wildcards, no properties."
            : version.Length > 0 || element.Attribute("VersionOverride") is not null ? "its version belongs into Directory.Packages.props." : null;
    }

    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex Exact();
}
