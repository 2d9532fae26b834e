using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Content;

/// <summary>A suppressed warning gives its reason on the same line.</summary>
internal sealed class SuppressionRule : IRule
{
    public string Name => "suppression";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.CSharp
        from line in file.Lines.Index()
        where IsSilent(line.Item.Trim())
        select new Finding(file.Path, line.Index + 1, "Say why: add \"// reason\" after a pragma, Justification to a SuppressMessage.");

    private static bool IsSilent(string line) =>
        (line.StartsWith("#pragma warning disable", StringComparison.Ordinal) && !line.Contains("//", StringComparison.Ordinal))
        || (line.StartsWith("[SuppressMessage(", StringComparison.Ordinal) && line.EndsWith(']') && !line.Contains("Justification", StringComparison.Ordinal));
}
