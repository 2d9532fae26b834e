using System.Text.RegularExpressions;
using KpGrpc.Repository.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KpGrpc.Repository.Tests.Rules.Naming;

/// <summary>No file, folder or type is called Helpers, Common, Utils or Manager: such a name says nothing about its content.</summary>
internal sealed partial class BannedNamesRule : IRule
{
    private static readonly HashSet<string> Banned = new(
        ["Helper", "Helpers", "Common", "Util", "Utils", "Utility", "Utilities", "Manager", "Managers"], StringComparer.OrdinalIgnoreCase);

    public string Name => "banned-names";

    public IEnumerable<Finding> Check(RepositoryTree tree) => tree.Files.Where(file => !file.IsForeign).SelectMany(CheckFile);

    private static IEnumerable<Finding> CheckFile(RepositoryFile file)
    {
        foreach (var word in WordsOf(file.Path))
        {
            yield return new Finding(file.Path, 1, $"\"{word}\" in a path says nothing: name the file or folder after what it does.");
        }

        if (!file.IsCSharp)
        {
            yield break;
        }

        foreach (var type in file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Where(type => WordsOf(type.Identifier.Text).Any()))
        {
            yield return new Finding(file.Path, RepositoryFile.LineOf(type), $"{type.Identifier.Text}: name the type after what it does.");
        }
    }

    private static IEnumerable<string> WordsOf(string name) =>
        Word().Matches(name).Select(match => match.Value).Where(Banned.Contains);

    // A word of PascalCase, camelCase or kebab-case.
    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();
}
