namespace KpGrpc.Repository.Tests.Tree;

/// <summary>One rule of docs/STYLE.md that a machine can check.</summary>
internal interface IRule
{
    /// <summary>The name that messages and ratchet.json use, in kebab case.</summary>
    string Name { get; }

    /// <summary>All places of <paramref name="tree"/> that break the rule. A rule has no state and reads nothing but the tree.</summary>
    IEnumerable<Finding> Check(RepositoryTree tree);
}
