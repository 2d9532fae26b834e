namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>One owner's share of a work.</summary>
/// <param name="OrganizationId">The owner.</param>
/// <param name="Ppm">Parts per million, 1 to 1,000,000; all owners of a work sum to exactly 1,000,000.</param>
internal sealed record OwnerShare(string OrganizationId, uint Ppm);
