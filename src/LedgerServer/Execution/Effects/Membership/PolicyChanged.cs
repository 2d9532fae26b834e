using KpGrpc.LedgerServer.Execution.Governance;

namespace KpGrpc.LedgerServer.Execution.Effects.Membership;

/// <summary>The approval policy is another.</summary>
/// <param name="Policy">The new one.</param>
internal sealed record PolicyChanged(ApprovalPolicy Policy) : Effect;
