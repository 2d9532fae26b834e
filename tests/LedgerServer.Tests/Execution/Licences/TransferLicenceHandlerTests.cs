using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Licences;

namespace KpGrpc.LedgerServer.Tests.Execution.Licences;

public sealed class TransferLicenceHandlerTests
{
    private static readonly LicenceHolder Other = new(new string('b', 64), null);

    [Fact]
    public void Execute_OrganizationPassesItsOwn_HolderIsTheOther()
    {
        var ledger = Ready(SampleRights.Organization("tech"));

        var receipt = ledger.Accept("tech", SampleRights.PassOn("licence", Other));

        Assert.Equal(new LicenceTransferred("licence", Other), Assert.Single(receipt.Effects));
        Assert.Equal([0], ledger.State.Licences.PositionsHeldBy(Other));
        Assert.Empty(ledger.State.Licences.PositionsHeldBy(SampleRights.Organization("tech")));
        Assert.Equal(receipt.Sequence, ledger.State.Licences.Find("licence")!.HeldSinceSequence);
    }

    [Fact]
    public void Execute_WithTheHoldersSignature_IsSubmittedByAnother()
    {
        var ledger = Ready(SampleRights.Organization("tech"));

        ledger.Refuse(RejectionReason.CoSignatureMissing, "plat", SampleRights.PassOn("licence", Other));
        ledger.Refuse(RejectionReason.CoSignatureInvalid, "plat", SampleRights.PassOn("licence", Other, "plat"));
        ledger.Refuse(RejectionReason.CoSignatureInvalid, "tech", SampleRights.PassOn("licence", Other, "tech"));
        ledger.Accept("plat", SampleRights.PassOn("licence", Other, "tech"));
    }

    [Fact]
    public void Execute_LearnersLicence_IsPassedByWhoGrantedIt()
    {
        var ledger = Ready(SampleRights.Learner);

        ledger.Refuse(RejectionReason.NotAuthorized, "plat", SampleRights.PassOn("licence", Other));
        ledger.Refuse(RejectionReason.CoSignatureInvalid, "plat", SampleRights.PassOn("licence", Other, "prod"));
        ledger.Accept("prod", SampleRights.PassOn("licence", Other));
        ledger.Accept("prod", SampleRights.PassOn("licence", SampleRights.Learner));
    }

    [Fact]
    public void Execute_Faults_AreRefused()
    {
        var ledger = Ready(SampleRights.Learner);
        ledger.Accept("prod", SampleRights.Grant("fixed") with { Terms = SampleRights.Terms with { Transferable = false } });

        ledger.Refuse(RejectionReason.RoleMissing, "aud", SampleRights.PassOn("licence", Other));
        ledger.Refuse(RejectionReason.Malformed, "prod", SampleRights.PassOn("", Other));
        ledger.Refuse(RejectionReason.UnknownLicence, "prod", SampleRights.PassOn("none", Other));
        ledger.Refuse(RejectionReason.LicenceNotTransferable, "prod", SampleRights.PassOn("fixed", Other));
        ledger.Refuse(RejectionReason.AlreadyLicensed, "prod", SampleRights.PassOn("licence", SampleRights.Learner));
        ledger.Refuse(
            RejectionReason.UnknownOrganization, "prod", SampleRights.PassOn("licence", SampleRights.Organization("ghost")));
        ledger.Now += 30 * OrderTime.MicrosPerDay;
        ledger.Refuse(RejectionReason.LicenceNotActive, "prod", SampleRights.PassOn("licence", Other));
    }

    private static TestLedger Ready(LicenceHolder holder)
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Work());
        ledger.Accept("prod", SampleRights.Grant(holder: holder));
        return ledger;
    }
}
