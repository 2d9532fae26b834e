namespace KpGrpc.LedgerServer.Execution.Effects.Membership;

/// <summary>A suspension ended.</summary>
/// <param name="OrganizationId">The organisation.</param>
internal sealed record OrganizationReinstated(string OrganizationId) : Effect;
