using System.Diagnostics.CodeAnalysis;

namespace KpGrpc.Gateway.Security.Callers;

/// <summary>Either who calls, or why nobody is recognised.</summary>
/// <param name="Caller">Null where there is a refusal.</param>
/// <param name="Refusal"><see cref="Refusal.None"/> where there is a caller.</param>
internal readonly record struct Identification(Caller? Caller, Refusal Refusal)
{
    /// <summary>Whether somebody is recognised.</summary>
    [MemberNotNullWhen(true, nameof(Caller))]
    public bool IsKnown => Caller is not null;

    public static Identification Of(Caller caller) => new(caller, Refusal.None);

    public static Identification Of(Refusal refusal) => new(null, refusal);
}
