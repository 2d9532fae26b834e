using System.Collections.Frozen;

namespace KpGrpc.Gateway.Security.Policies;

/// <summary>Finds the row of a call. Safe from any thread.</summary>
internal sealed class Policy
{
    private readonly FrozenDictionary<string, PolicyRow> methods =
        PolicyTable.Rows.ToFrozenDictionary(row => $"/{row.Service}/{row.Method}", StringComparer.Ordinal);

    private readonly FrozenDictionary<string, PolicyRow> paths =
        PolicyTable.Paths.ToFrozenDictionary(row => row.Service, StringComparer.Ordinal);

    /// <summary>The row of a method.</summary>
    /// <param name="fullName">Such as <c>/kp.learner.v1.LearnerService/GetHome</c>; the case counts.</param>
    /// <returns>Null where there is none: refuse.</returns>
    public PolicyRow? OfMethod(string fullName) => methods.GetValueOrDefault(fullName);

    /// <summary>The row of a path that is no method, as it is routed.</summary>
    public PolicyRow? OfPath(string? route) => route is null ? null : paths.GetValueOrDefault(route);
}
