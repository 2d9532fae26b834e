namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>Sets how many approvals a change needs, and of whom.</summary>
/// <param name="Policy">The new policy.</param>
internal sealed record ChangePolicy(ApprovalPolicy Policy) : ChangeBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.ChangePolicy;
}
