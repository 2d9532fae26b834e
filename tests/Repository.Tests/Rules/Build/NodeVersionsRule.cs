using System.Text.Json;
using System.Text.RegularExpressions;
using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Build;

/// <summary>Every package.json names exact versions and has its lock file beside it.</summary>
internal sealed partial class NodeVersionsRule : IRule
{
    public string Name => "node-versions";

    public IEnumerable<Finding> Check(RepositoryTree tree) => tree.OwnText.Where(file => file.Name == "package.json").SelectMany(file => CheckFile(tree, file));

    private static IEnumerable<Finding> CheckFile(RepositoryTree tree, RepositoryFile file)
    {
        if (!tree.HasPath($"{file.Folder}/package-lock.json"))
        {
            yield return new Finding(file.Path, 1, "It has no package-lock.json beside it: run npm install --package-lock-only there.");
        }

        using var package = JsonDocument.Parse(file.Text);
        foreach (var section in new[] { "dependencies", "devDependencies" })
        {
            if (!package.RootElement.TryGetProperty(section, out var dependencies))
            {
                continue;
            }

            foreach (var dependency in dependencies.EnumerateObject().Where(dependency => !Exact().IsMatch(dependency.Value.GetString()!)))
            {
                yield return new Finding(file.Path, 1, $"{dependency.Name} {dependency.Value}: name the exact version, without ^ or ~.");
            }
        }
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex Exact();
}
