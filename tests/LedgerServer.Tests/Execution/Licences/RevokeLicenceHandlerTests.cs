using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Licences;

namespace KpGrpc.LedgerServer.Tests.Execution.Licences;

public sealed class RevokeLicenceHandlerTests
{
    [Fact]
    public void Execute_ByTheGrantor_EndsIt()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("prod", SampleRights.Grant());

        var receipt = ledger.Accept("prod", new RevokeLicence("licence", "granted by mistake"));

        Assert.Equal(new LicenceRevoked("licence", "work"), Assert.Single(receipt.Effects));
        var licence = ledger.State.Licences.Find("licence")!;
        Assert.Equal(LicenceStatus.Revoked, licence.StatusAt(ledger.Now));
        Assert.Equal(LicenceStatus.Active, licence.StatusAt(ledger.Now - 1));
        Assert.Empty(ledger.State.Licences.Active(SampleRights.Learner, "work", ledger.Now));
    }

    [Fact]
    public void Execute_PaidLicence_IsEndedByARegulatorOnly()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("plat", SampleCommands.Purchase());
        var revoke = new RevokeLicence("purchase", "unlawful content");

        ledger.Refuse(RejectionReason.NotAuthorized, "plat", revoke);
        ledger.Refuse(RejectionReason.NotAuthorized, "prod", revoke);
        ledger.Accept("reg", revoke);
        ledger.Refuse(RejectionReason.LicenceNotActive, "reg", revoke);
        ledger.Accept("plat", SampleCommands.Purchase("again"));
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = SampleCommands.ReadyToSell();

        ledger.Refuse(RejectionReason.RoleMissing, "aud", new RevokeLicence("licence", "why"));
        ledger.Refuse(RejectionReason.Malformed, "prod", new RevokeLicence("licence", ""));
        ledger.Refuse(RejectionReason.UnknownLicence, "prod", new RevokeLicence("licence", "why"));
    }
}
