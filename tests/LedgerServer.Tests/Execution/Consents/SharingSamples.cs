using KpGrpc.LedgerServer.Execution.Consents;

namespace KpGrpc.LedgerServer.Tests.Execution.Consents;

/// <summary>Commands about consents that are accepted as they stand.</summary>
internal static class SharingSamples
{
    public static GrantConsent Grant(string id = "consent") => new()
    {
        ConsentId = id,
        SubjectPseudonym = SampleCommands.Learner,
        GranteeOrganizationId = "tech",
        Purposes = [Purpose.Research, Purpose.Analytics],
        Scopes = ["profile.tags", "history"],
        ExpiresAtMicros = TestLedger.Start + 1_000,
    };

    public static RecordAccess Access(string id = "access") => new()
    {
        AccessId = id,
        ConsentId = "consent",
        Purpose = Purpose.Research,
        Scopes = ["history"],
    };
}
