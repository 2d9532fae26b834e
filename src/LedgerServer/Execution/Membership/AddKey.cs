namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>Adds a key to the submitting organisation.</summary>
/// <param name="Key">The new key.</param>
/// <param name="PossessionProven">
/// Whether the proof of possession verifies. It is a pure function of the command's bytes, so whoever decodes the command
/// works it out, and a replay finds the same.
/// </param>
internal sealed record AddKey(KeyDefinition Key, bool PossessionProven) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.AddKey;
}
