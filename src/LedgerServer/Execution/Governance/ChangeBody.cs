namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>
/// A command that needs k of n approvals. Plain data, because it waits in the state, and in its snapshots, until the last
/// approval.
/// </summary>
internal abstract record ChangeBody : CommandBody;
