using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules;

/// <summary>All rules of this project.</summary>
internal static class RuleBook
{
    public static IReadOnlyList<IRule> Rules { get; } =
    [
        .. typeof(RuleBook).Assembly.GetTypes()
            .Where(type => type.IsClass && typeof(IRule).IsAssignableFrom(type))
            .Select(type => (IRule)Activator.CreateInstance(type)!)
            .OrderBy(rule => rule.Name, StringComparer.Ordinal),
    ];
}
