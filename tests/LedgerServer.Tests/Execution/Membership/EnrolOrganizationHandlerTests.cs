using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Membership;

public sealed class EnrolOrganizationHandlerTests
{
    [Fact]
    public void EnrolOrganization_ByApprover_MakesAMemberWhoMayAct()
    {
        var ledger = new TestLedger();

        var receipt = ledger.Accept("op", new EnrolOrganization(TestLedger.Organization("new", Role.Producer)));

        Assert.Collection(
            receipt.Effects,
            effect => Assert.Equal("new", Assert.IsType<OrganizationEnrolled>(effect).Organization.OrganizationId),
            effect => Assert.Equal("k-new", Assert.IsType<KeyAdded>(effect).Key.KeyId));
        ledger.Accept("new", SampleCommands.Work("new-work", new OwnerShare("new", 1_000_000)));
    }

    [Fact]
    public void EnrolOrganization_Faults_AreRefused()
    {
        var ledger = new TestLedger();
        var organization = TestLedger.Organization("new", Role.Producer);

        ledger.Refuse(RejectionReason.RoleMissing, "plat", new EnrolOrganization(organization));
        Refuse(RejectionReason.Malformed, organization with { OrganizationId = "has space" });
        Refuse(RejectionReason.Malformed, organization with { OrganizationId = new string('x', 117) });
        Refuse(RejectionReason.Malformed, organization with { DisplayName = "" });
        Refuse(RejectionReason.Malformed, organization with { Roles = [] });
        Refuse(RejectionReason.Malformed, organization with { Roles = [Role.Producer, Role.Producer] });
        Refuse(RejectionReason.Malformed, organization with { Roles = [(Role)33] });
        Refuse(RejectionReason.Malformed, organization with { Keys = [] });
        Refuse(RejectionReason.Malformed, organization with { Keys = [TestLedger.Key("k") with { PublicKey = new byte[31] }] });
        Refuse(RejectionReason.RoleMissing, organization with { Keys = [TestLedger.Key("k", Role.Operator)] });
        Refuse(RejectionReason.AlreadyExists, organization with { OrganizationId = "plat" });
        Refuse(RejectionReason.KeyAlreadyUsed, organization with { Keys = [TestLedger.Key("k-plat")] });
        Refuse(RejectionReason.KeyAlreadyUsed, organization with { Keys = [TestLedger.Key("k"), TestLedger.Key("k")] });

        void Refuse(RejectionReason reason, OrganizationDefinition definition) =>
            ledger.Refuse(reason, "op", new EnrolOrganization(definition));
    }

    [Fact]
    public void EnrolOrganization_ProposerThatThePolicyDoesNotName_WaitsForTheApprover()
    {
        var genesis = TestLedger.NewGenesis();
        var ledger = new TestLedger(genesis with
        {
            ApproverOrganizationIds = ["reg"],
        });
        var proposal = ledger.Command("op", new EnrolOrganization(TestLedger.Organization("new", Role.Producer)));

        Assert.Equal([new ChangeProposed(proposal.CommandHash, 1)], ledger.Run(proposal).Effects);
        Assert.Null(ledger.State.Membership.FindOrganization("new"));
        ledger.Refuse(RejectionReason.NotAuthorized, "op", new ApproveChange(proposal.CommandHash, false));

        Assert.Equal(
            [typeof(ChangeVoted), typeof(OrganizationEnrolled), typeof(KeyAdded)],
            ledger.Accept("reg", new ApproveChange(proposal.CommandHash, false)).Effects.Select(effect => effect.GetType()));
    }
}
