namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>Grants a licence without a sale. By an owner of the work.</summary>
/// <param name="LicenceId">Id of the new licence, unique on the ledger.</param>
/// <param name="WorkId">The work.</param>
/// <param name="Holder">Who gets it.</param>
/// <param name="Terms">What it grants.</param>
internal sealed record GrantLicence(string LicenceId, string WorkId, LicenceHolder Holder, LicenceTerms Terms) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.GrantLicence;
}
