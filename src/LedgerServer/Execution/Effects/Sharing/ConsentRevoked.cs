namespace KpGrpc.LedgerServer.Execution.Effects.Sharing;

/// <summary>A consent ended, by revocation or erasure.</summary>
/// <param name="ConsentId">The consent.</param>
internal sealed record ConsentRevoked(string ConsentId) : Effect;
