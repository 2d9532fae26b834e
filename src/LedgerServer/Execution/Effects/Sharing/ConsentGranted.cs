namespace KpGrpc.LedgerServer.Execution.Effects.Sharing;

/// <summary>A consent was recorded.</summary>
/// <param name="ConsentId">The consent.</param>
/// <param name="SubjectPseudonym">The learner.</param>
/// <param name="GranteeOrganizationId">Who may use the data.</param>
internal sealed record ConsentGranted(string ConsentId, string SubjectPseudonym, string GranteeOrganizationId) : Effect;
