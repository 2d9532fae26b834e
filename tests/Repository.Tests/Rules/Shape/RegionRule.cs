using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Shape;

/// <summary>No regions: what wants a heading wants a type.</summary>
internal sealed class RegionRule : IRule
{
    public string Name => "region";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.CSharp
        from line in file.Lines.Index()
        where line.Item.TrimStart().StartsWith("#region", StringComparison.Ordinal)
        select new Finding(file.Path, line.Index + 1, "A region hides length: remove it, or give its content a type.");
}
