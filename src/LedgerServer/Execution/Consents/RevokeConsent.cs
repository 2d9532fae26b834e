namespace KpGrpc.LedgerServer.Execution.Consents;

/// <summary>Ends a consent from this sequence on.</summary>
/// <param name="ConsentId">The consent.</param>
internal sealed record RevokeConsent(string ConsentId) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.RevokeConsent;
}
