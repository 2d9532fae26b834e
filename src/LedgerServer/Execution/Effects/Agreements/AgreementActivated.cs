namespace KpGrpc.LedgerServer.Execution.Effects.Agreements;

/// <summary>All parties have accepted.</summary>
/// <param name="AgreementId">The agreement.</param>
/// <param name="Version">The version.</param>
internal sealed record AgreementActivated(string AgreementId, uint Version) : Effect;
