namespace KpGrpc.LedgerServer.Execution.Effects.Copyright;

/// <summary>A work was claimed; its producer revenue is frozen.</summary>
/// <param name="DisputeId">The dispute.</param>
/// <param name="WorkId">The work.</param>
internal sealed record DisputeOpened(string DisputeId, string WorkId) : Effect;
