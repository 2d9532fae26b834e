namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>Stops an organisation from submitting and voting.</summary>
/// <param name="OrganizationId">Whom.</param>
/// <param name="Reason">Why, for people, 1 to 512 UTF-8 bytes.</param>
internal sealed record SuspendOrganization(string OrganizationId, string Reason) : ChangeBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.SuspendOrganization;
}
