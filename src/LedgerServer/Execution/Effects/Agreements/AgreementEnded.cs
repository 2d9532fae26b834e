using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Execution.Effects.Agreements;

/// <summary>A version does not split any more, or will not.</summary>
/// <param name="AgreementId">The agreement.</param>
/// <param name="Version">The version.</param>
/// <param name="Status">Superseded, terminated or refused.</param>
internal sealed record AgreementEnded(string AgreementId, uint Version, AgreementStatus Status) : Effect;
