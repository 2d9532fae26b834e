namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>Ends a licence. By who granted it, or by a regulator.</summary>
/// <param name="LicenceId">The licence.</param>
/// <param name="Reason">Why, for people, 1 to 512 UTF-8 bytes.</param>
internal sealed record RevokeLicence(string LicenceId, string Reason) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.RevokeLicence;
}
