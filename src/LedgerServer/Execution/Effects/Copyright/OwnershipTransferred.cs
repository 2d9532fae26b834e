namespace KpGrpc.LedgerServer.Execution.Effects.Copyright;

/// <summary>A share of a work passed.</summary>
/// <param name="WorkId">The work.</param>
/// <param name="FromOrganizationId">Who gave.</param>
/// <param name="ToOrganizationId">Who received.</param>
/// <param name="Ppm">How much of the whole work.</param>
internal sealed record OwnershipTransferred(
    string WorkId, string FromOrganizationId, string ToOrganizationId, uint Ppm) : Effect;
