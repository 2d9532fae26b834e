using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Effects.Membership;

/// <summary>A key was added.</summary>
/// <param name="OrganizationId">Its organisation.</param>
/// <param name="Key">The key.</param>
internal sealed record KeyAdded(string OrganizationId, KeyDefinition Key) : Effect;
