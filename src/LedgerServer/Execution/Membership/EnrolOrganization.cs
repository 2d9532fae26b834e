namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>Makes an organisation a member. By an approver.</summary>
/// <param name="Organization">Who.</param>
internal sealed record EnrolOrganization(OrganizationDefinition Organization) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.EnrolOrganization;
}
