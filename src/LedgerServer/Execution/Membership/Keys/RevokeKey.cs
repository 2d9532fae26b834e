using KpGrpc.LedgerServer.Execution.Governance;

namespace KpGrpc.LedgerServer.Execution.Membership.Keys;

/// <summary>Revokes a key.</summary>
/// <param name="OrganizationId">Organisation of the key; empty means the submitting one.</param>
/// <param name="KeyId">The key.</param>
/// <param name="Reason">Why, for people, 0 to 512 UTF-8 bytes.</param>
internal sealed record RevokeKey(string OrganizationId, string KeyId, string Reason) : ChangeBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.RevokeKey;
}
