namespace KpGrpc.LedgerServer.Execution.Ownership;

/// <summary>Who gives how much of a work to whom, as <c>kp.copyright.v1.OwnershipTransfer</c>.</summary>
/// <param name="WorkId">The work.</param>
/// <param name="FromOrganizationId">Owner that gives.</param>
/// <param name="ToOrganizationId">Organisation that receives.</param>
/// <param name="Ppm">Part of the whole work that passes, 1 to what the giver owns.</param>
internal sealed record OwnershipTransfer(string WorkId, string FromOrganizationId, string ToOrganizationId, uint Ppm);
