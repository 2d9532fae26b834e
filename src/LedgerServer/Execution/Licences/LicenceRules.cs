namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>Checks of a licence that a command names.</summary>
internal static class LicenceRules
{
    /// <summary>The licence exists and is active.</summary>
    public static Rejection? CheckActive(string field, Licence? licence, long now)
    {
        if (licence is null)
        {
            return Rejection.Because(RejectionReason.UnknownLicence, $"{field}: no such licence on this ledger.");
        }

        return licence.StatusAt(now) == LicenceStatus.Active
            ? null
            : Rejection.Because(
                RejectionReason.LicenceNotActive, $"{field}: the licence is revoked or expired; nothing is to do.");
    }
}
