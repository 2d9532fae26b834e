using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>Sets the roles of an organisation.</summary>
/// <param name="OrganizationId">Whose.</param>
/// <param name="Roles">All roles that it holds afterwards, as they came, 1 to 7, no doubles.</param>
internal sealed record ChangeRoles(string OrganizationId, IReadOnlyList<Role> Roles) : ChangeBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.ChangeRoles;
}
