namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>Who holds a licence: exactly one of the two is set.</summary>
/// <param name="LearnerPseudonym">A learner, 64 lower-case hexadecimal characters; null for an organisation.</param>
/// <param name="OrganizationId">An organisation; null for a learner.</param>
internal sealed record LicenceHolder(string? LearnerPseudonym, string? OrganizationId);
