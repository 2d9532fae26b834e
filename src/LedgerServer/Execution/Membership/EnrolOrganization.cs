using KpGrpc.LedgerServer.Execution.Governance;

namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>Makes an organisation a member.</summary>
/// <param name="Organization">Who.</param>
internal sealed record EnrolOrganization(OrganizationDefinition Organization) : ChangeBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.EnrolOrganization;
}
