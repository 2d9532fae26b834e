using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>What an approver wants a dispute to end in.</summary>
/// <param name="OrganizationId">Who votes.</param>
/// <param name="Upheld">True for the claimant, false for the owners.</param>
/// <param name="Owners">Owners from then on where upheld, ordered by id; empty where dismissed.</param>
internal sealed record DisputeVote(string OrganizationId, bool Upheld, IReadOnlyList<OwnerShare> Owners)
{
    /// <summary>Whether two votes want the same.</summary>
    public bool Wants(DisputeVote other) => Upheld == other.Upheld && Owners.SequenceEqual(other.Owners);
}
