namespace KpGrpc.LedgerServer.Execution.Effects.Membership;

/// <summary>An organisation is suspended.</summary>
/// <param name="OrganizationId">The organisation.</param>
internal sealed record OrganizationSuspended(string OrganizationId) : Effect;
