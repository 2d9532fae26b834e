namespace KpGrpc.LedgerServer.Execution.Works.History;

/// <summary>One thing that happened to a work; its receipt tells the rest.</summary>
/// <param name="WorkId">The work.</param>
/// <param name="Sequence">Sequence of the receipt.</param>
/// <param name="EffectIndex">Position of the effect in the receipt, from 0.</param>
/// <param name="Kind">Name of the effect's message.</param>
internal sealed record WorkEvent(string WorkId, ulong Sequence, uint EffectIndex, string Kind);
