namespace KpGrpc.LedgerServer.Execution.Effects.Copyright;

/// <summary>A licence ended before its period was over.</summary>
/// <param name="LicenceId">The licence.</param>
/// <param name="WorkId">The work.</param>
internal sealed record LicenceRevoked(string LicenceId, string WorkId) : Effect;
