namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>Ends a suspension.</summary>
/// <param name="OrganizationId">Whose.</param>
internal sealed record ReinstateOrganization(string OrganizationId) : ChangeBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.ReinstateOrganization;
}
