using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>One organisation's vote on a pending change.</summary>
/// <param name="ChangeHash">Command hash of the proposal; null where it did not have 32 bytes.</param>
/// <param name="Reject">True for a vote against.</param>
internal sealed record ApproveChange(Hash256? ChangeHash, bool Reject) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.ApproveChange;
}
