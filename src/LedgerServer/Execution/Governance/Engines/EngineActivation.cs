namespace KpGrpc.LedgerServer.Execution.Governance.Engines;

/// <summary>From where a version of the rules executes.</summary>
/// <param name="Version">The version.</param>
/// <param name="FromSequence">First sequence executed by it.</param>
internal sealed record EngineActivation(uint Version, ulong FromSequence);
