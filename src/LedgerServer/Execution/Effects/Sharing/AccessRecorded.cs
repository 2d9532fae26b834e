namespace KpGrpc.LedgerServer.Execution.Effects.Sharing;

/// <summary>An access was recorded.</summary>
/// <param name="AccessId">The access.</param>
/// <param name="ConsentId">The consent that allows it.</param>
internal sealed record AccessRecorded(string AccessId, string ConsentId) : Effect;
