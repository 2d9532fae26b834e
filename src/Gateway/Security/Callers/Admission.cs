namespace KpGrpc.Gateway.Security.Callers;

/// <summary>A caller who was let in to one call. It is a feature of the request.</summary>
/// <param name="Caller">Who calls.</param>
/// <param name="Roles">Her roles that open this very call.</param>
internal sealed record Admission(Caller Caller, Roles Roles)
{
    private const Roles Unbound = Roles.Operator | Roles.Auditor | Roles.Service;

    /// <summary>Whether she reaches her own data, or her organisation's, alone.</summary>
    public bool IsBound => (Roles & Unbound) == Roles.None && !ReferenceEquals(Caller, Caller.Anonymous);
}
