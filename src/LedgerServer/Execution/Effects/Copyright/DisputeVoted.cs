using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Effects.Copyright;

/// <summary>A vote on a dispute; takes the place of the organisation's earlier one.</summary>
/// <param name="DisputeId">The dispute.</param>
/// <param name="OrganizationId">Who voted.</param>
/// <param name="Upheld">True for the claimant.</param>
/// <param name="Owners">Owners that the vote wants, ordered by id; empty where not upheld.</param>
internal sealed record DisputeVoted(
    string DisputeId, string OrganizationId, bool Upheld, IReadOnlyList<OwnerShare> Owners) : Effect;
