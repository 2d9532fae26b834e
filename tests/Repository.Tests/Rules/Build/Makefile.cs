using System.Text.RegularExpressions;
using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Build;

/// <summary>The verbs of the Makefile: <c>verb: ## one line of help</c>.</summary>
internal static partial class Makefile
{
    public const string Path = "Makefile";

    /// <summary>Name, line number and help of each verb; the help is empty where there is none.</summary>
    public static IEnumerable<(string Verb, int Line, string Help)> VerbsOf(RepositoryTree tree) =>
        from line in (tree.Find(Path)?.Lines ?? []).Index()
        let match = Target().Match(line.Item)
        where match.Success
        select (match.Groups[1].Value, line.Index + 1, match.Groups[2].Value.Trim());

    [GeneratedRegex(@"^([a-z][\w-]*)\s*:(?![=:])[^#]*(?:## *(.*))?$")]
    private static partial Regex Target();
}
