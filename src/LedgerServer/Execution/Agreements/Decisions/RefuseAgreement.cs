namespace KpGrpc.LedgerServer.Execution.Agreements.Decisions;

/// <summary>A party's refusal of a proposed version; ends it.</summary>
/// <param name="AgreementId">The agreement.</param>
/// <param name="Version">The version.</param>
/// <param name="Reason">Why, for people; 0 to 512 UTF-8 bytes. Stays in the command, not in the state.</param>
internal sealed record RefuseAgreement(string AgreementId, uint Version, string Reason) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.RefuseAgreement;
}
