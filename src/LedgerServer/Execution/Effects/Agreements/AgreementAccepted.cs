namespace KpGrpc.LedgerServer.Execution.Effects.Agreements;

/// <summary>A party accepted.</summary>
/// <param name="AgreementId">The agreement.</param>
/// <param name="Version">The version.</param>
/// <param name="OrganizationId">The party.</param>
internal sealed record AgreementAccepted(string AgreementId, uint Version, string OrganizationId) : Effect;
