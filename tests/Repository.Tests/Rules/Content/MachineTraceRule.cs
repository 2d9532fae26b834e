using System.Text.RegularExpressions;
using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Content;

/// <summary>No text names a folder of one machine or the host of a package registry: both differ from reader to reader.</summary>
internal sealed partial class MachineTraceRule : IRule
{
    public string Name => "machine-trace";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.Files
        where !file.IsBinary && !file.IsUnder("third_party")
        from line in file.Lines.Index()
        let trace = MachinePath().Match(line.Item) is { Success: true } path ? path : RegistryHost().Match(line.Item)
        where trace.Success
        select new Finding(file.Path, line.Index + 1, $"\"{trace.Value}\" belongs to one machine or network: use a relative path, a setting, or leave the host to the client's configuration.");

    // Absolute at the start of a word; a route such as /v1/work/x does not count. Brackets keep the rule from finding itself.
    [GeneratedRegex(@"(?<![\w.\-/}*~])/(wor[k]|roo[t]|hom[e]/[\w.-]+|User[s]/[\w.-]+)/|[A-Z]:\\User[s]\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"registry\.npm[j]s\.org|registry\.yarn[p]kg\.com|api\.nuge[t]\.org|pypi\.or[g]/simple|files\.python[h]osted\.org|pkgs\.de[v]\.azure\.com|artifactor[y]|""resolve[d]""\s*:\s*""https?:|^\s*registr[y]\s*=|crates\.i[o]/api|proxy\.golan[g]\.org", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();
}
