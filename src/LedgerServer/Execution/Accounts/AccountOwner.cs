namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>Who owns an account: exactly one of the two is set.</summary>
/// <param name="OrganizationId">An organisation; null for a learner.</param>
/// <param name="LearnerPseudonym">A learner, 64 lower-case hexadecimal characters; null for an organisation.</param>
internal sealed record AccountOwner(string? OrganizationId, string? LearnerPseudonym)
{
    /// <summary>An organisation's account.</summary>
    public static AccountOwner Organization(string organizationId) => new(organizationId, null);

    /// <summary>A learner's account.</summary>
    public static AccountOwner Learner(string pseudonym) => new(null, pseudonym);
}
