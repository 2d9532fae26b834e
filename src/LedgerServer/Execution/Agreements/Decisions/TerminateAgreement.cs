namespace KpGrpc.LedgerServer.Execution.Agreements.Decisions;

/// <summary>Ends an active agreement for later revenue; what was divided keeps its split.</summary>
/// <param name="AgreementId">The agreement.</param>
/// <param name="Version">The version.</param>
/// <param name="EffectiveAtMicros">From when, microseconds since the Unix epoch; null means at once.</param>
/// <param name="Reason">Why, for people; 0 to 512 UTF-8 bytes. Stays in the command, not in the state.</param>
internal sealed record TerminateAgreement(string AgreementId, uint Version, long? EffectiveAtMicros, string Reason) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.TerminateAgreement;
}
