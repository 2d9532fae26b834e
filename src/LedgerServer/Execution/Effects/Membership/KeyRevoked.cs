namespace KpGrpc.LedgerServer.Execution.Effects.Membership;

/// <summary>A key was revoked.</summary>
/// <param name="OrganizationId">Its organisation.</param>
/// <param name="KeyId">The key.</param>
internal sealed record KeyRevoked(string OrganizationId, string KeyId) : Effect;
