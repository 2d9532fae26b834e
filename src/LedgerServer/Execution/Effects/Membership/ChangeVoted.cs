using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Effects.Membership;

/// <summary>A vote on a change.</summary>
/// <param name="ChangeHash">The change.</param>
/// <param name="OrganizationId">Who voted.</param>
/// <param name="Reject">True for a vote against.</param>
/// <param name="Applied">True where this vote made the change take effect; its effects follow.</param>
internal sealed record ChangeVoted(Hash256 ChangeHash, string OrganizationId, bool Reject, bool Applied) : Effect;
