using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>Whether a list of scopes is one that the contract allows.</summary>
internal static class ScopeShape
{
    /// <summary>1 to 64 ids, none twice.</summary>
    public static Rejection? Check(IReadOnlyList<string> scopes) =>
        Shape.Range("scopes", scopes.Count, 1, EngineLimits.ScopesMax)
        ?? Shape.Each(scopes, (scope, i) => Shape.Id($"scopes[{i}]", scope))
        ?? (scopes.Distinct(StringComparer.Ordinal).Count() == scopes.Count ? null : Shape.Malformed($"scopes: one stands twice; send each once."));
}
