namespace KpGrpc.LedgerServer.Execution.Membership.Keys;

/// <summary>Replaces a key of the submitting organisation at one sequence.</summary>
/// <param name="OldKeyId">Key that goes.</param>
/// <param name="NewKey">Key that comes.</param>
/// <param name="PossessionProven">Whether the new key's proof of possession verifies, as in <see cref="AddKey"/>.</param>
internal sealed record RotateKey(string OldKeyId, KeyDefinition NewKey, bool PossessionProven) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.RotateKey;
}
