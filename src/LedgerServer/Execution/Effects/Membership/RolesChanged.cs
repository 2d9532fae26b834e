using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Effects.Membership;

/// <summary>An organisation has other roles.</summary>
/// <param name="OrganizationId">The organisation.</param>
/// <param name="Roles">All its roles now.</param>
internal sealed record RolesChanged(string OrganizationId, RoleSet Roles) : Effect;
