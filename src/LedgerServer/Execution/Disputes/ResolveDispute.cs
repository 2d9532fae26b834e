using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>One approver's vote on a dispute.</summary>
/// <param name="DisputeId">The dispute.</param>
/// <param name="Upheld">True for the claimant, false for the owners.</param>
/// <param name="Owners">Owners from here on where upheld, 1 to 64; empty where dismissed.</param>
internal sealed record ResolveDispute(string DisputeId, bool Upheld, IReadOnlyList<OwnerShare> Owners) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.ResolveDispute;
}
