namespace KpGrpc.LedgerServer.Execution.Agreements.Decisions;

/// <summary>Checks of a version that a command names.</summary>
internal static class VersionChecks
{
    /// <summary>Whether the version exists and an organisation is a party of it.</summary>
    public static Rejection? KnownToParty(AgreementVersion? version, string organizationId)
    {
        if (version is null)
        {
            return Rejection.Because(
                RejectionReason.UnknownAgreement, $"agreement_id, version: no such version was proposed on this ledger.");
        }

        return ProposalRules.IsParty(version.Terms, organizationId)
            ? null
            : Rejection.Because(
                RejectionReason.NotAParty,
                $"organization_id: {organizationId} is not a party of this version; only parties may do this.");
    }

    /// <summary>Whether the version is proposed and neither accepted by all nor ended.</summary>
    public static Rejection? Open(AgreementVersion version) =>
        version.Status == AgreementStatus.Proposed
            ? null
            : Rejection.Because(
                RejectionReason.AgreementNotProposed,
                $"version: it is {version.Status} and no longer open for acceptance; look for a later version.");
}
