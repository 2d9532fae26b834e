namespace KpGrpc.LedgerServer.Execution.Subjects;

/// <summary>Destroys a subject's key and salts, and ends its consents.</summary>
/// <param name="SubjectPseudonym">The learner.</param>
/// <param name="ReasonCode">Why; empty for none.</param>
internal sealed record EraseSubject(string SubjectPseudonym, string ReasonCode) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.EraseSubject;
}
