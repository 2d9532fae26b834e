using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Effects.Membership;

/// <summary>A change waits for approvals.</summary>
/// <param name="ChangeHash">Command hash of the proposal.</param>
/// <param name="ApprovalsNeeded">k.</param>
internal sealed record ChangeProposed(Hash256 ChangeHash, uint ApprovalsNeeded) : Effect;
