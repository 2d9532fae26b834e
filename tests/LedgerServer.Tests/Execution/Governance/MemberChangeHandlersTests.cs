using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Governance.Engines;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Governance;

public sealed class MemberChangeHandlersTests
{
    [Fact]
    public void SuspendAndReinstate_Organization_StopsAndActsAgainAndHistorySaysWhen()
    {
        var ledger = Council.New(approvalsNeeded: 1);

        Assert.Equal([new OrganizationSuspended("plat")], ledger.Accept("reg", new SuspendOrganization("plat", "unpaid")).Effects);
        ledger.Refuse(RejectionReason.OrganizationSuspended, "plat", SampleCommands.Wallet());
        Assert.Equal([new OrganizationReinstated("plat")], ledger.Accept("op", new ReinstateOrganization("plat")).Effects);
        ledger.Accept("plat", SampleCommands.Wallet());

        var members = ledger.State.Membership;
        Assert.Equal(0UL, members.FindOrganization("plat", 1)!.SuspendedAtSequence);
        Assert.Equal(OrganizationStatus.Suspended, members.FindOrganization("plat", 1)!.Status);
        Assert.Equal(OrganizationStatus.Active, members.FindOrganization("plat", 2)!.Status);
        Assert.Null(members.FindOrganization("plat")!.SuspendedAtSequence);
    }

    [Fact]
    public void SuspendAndReinstate_Faults_AreRefused()
    {
        var ledger = Council.Alone();

        ledger.Refuse(RejectionReason.RoleMissing, "plat", new SuspendOrganization("tech", "why"));
        ledger.Refuse(RejectionReason.Malformed, "op", new SuspendOrganization("tech", ""));
        ledger.Refuse(RejectionReason.UnknownOrganization, "op", new SuspendOrganization("ghost", "why"));
        ledger.Refuse(RejectionReason.PolicyInvalid, "op", new SuspendOrganization("op", "why"));
        ledger.Refuse(RejectionReason.OrganizationNotSuspended, "op", new ReinstateOrganization("tech"));
        ledger.Refuse(RejectionReason.UnknownOrganization, "op", new ReinstateOrganization("ghost"));
        ledger.Accept("op", new SuspendOrganization("tech", "why"));
        ledger.Refuse(RejectionReason.OrganizationSuspended, "op", new SuspendOrganization("tech", "why"));
    }

    [Fact]
    public void ChangeRoles_NewRoles_AreThoseItActsIn()
    {
        var ledger = Council.Alone();

        var receipt = ledger.Accept("op", new ChangeRoles("plat", [Role.Producer]));

        Assert.Equal([new RolesChanged("plat", RoleSet.Of(Role.Producer))], receipt.Effects);
        ledger.Refuse(RejectionReason.RoleMissing, "plat", SampleCommands.Purchase());
        ledger.Refuse(RejectionReason.Malformed, "op", new ChangeRoles("plat", []));
        ledger.Refuse(RejectionReason.Malformed, "op", new ChangeRoles("plat", [Role.Producer, Role.Producer]));
        ledger.Refuse(RejectionReason.UnknownOrganization, "op", new ChangeRoles("ghost", [Role.Producer]));
        ledger.Refuse(RejectionReason.PolicyInvalid, "op", new ChangeRoles("op", [Role.Producer]));
    }

    [Fact]
    public void ChangePolicy_NewPolicy_HoldsFromThenOnAndPendingChangesKeepTheirs()
    {
        var ledger = Council.New();
        var pending = ledger.Propose("op", Council.Dollar);
        var policy = new ApprovalPolicy(1, ["op", "reg"]);
        var change = ledger.Propose("op", new ChangePolicy(policy));

        Assert.Equal(new PolicyChanged(policy), ledger.Accept("op2", new ApproveChange(change, false)).Effects[1]);
        Assert.Equal(2U, ledger.State.Changes.FindPending(pending)!.ApprovalsNeeded);
        ledger.Refuse(RejectionReason.NotAuthorized, "op2", new ApproveChange(pending, false));
        ledger.Accept("reg", new EnrolOrganization(TestLedger.Organization("new", Role.Producer)));
        Assert.NotNull(ledger.State.Membership.FindOrganization("new"));
    }

    [Fact]
    public void ChangePolicy_Faults_AreRefused()
    {
        var ledger = Council.New(approvalsNeeded: 1);

        Refuse(RejectionReason.Malformed, 0);
        Refuse(RejectionReason.PolicyInvalid, 4);
        Refuse(RejectionReason.PolicyInvalid, 2, "op");
        Refuse(RejectionReason.PolicyInvalid, 1, "op", "op");
        Refuse(RejectionReason.PolicyInvalid, 1, "plat");
        Refuse(RejectionReason.UnknownOrganization, 1, "ghost");
        Refuse(RejectionReason.Malformed, 1, [.. Enumerable.Range(0, 65).Select(i => $"o{i}")]);

        void Refuse(RejectionReason reason, uint k, params string[] approvers) =>
            ledger.Refuse(reason, "op", new ChangePolicy(new ApprovalPolicy(k, approvers)));
    }

    [Fact]
    public void ActivateEngine_VersionThatThisBuildDoesNotHold_IsRefused()
    {
        var ledger = new TestLedger();

        ledger.Refuse(RejectionReason.EngineVersionInvalid, "op", new ActivateEngine(LedgerEngine.Version, 10));
        ledger.Refuse(RejectionReason.EngineVersionInvalid, "op", new ActivateEngine(LedgerEngine.Version + 1, 10));
    }

    [Fact]
    public void ActivateEngine_KnownVersion_ExecutesFromItsSequenceOn()
    {
        var ledger = new TestLedger();
        var handler = new ActivateEngineHandler(newestVersion: 2);
        var coSignatures = new CoSignatureRules("test-net", "main", new SampleSignatures());
        CommandContext Context(ulong from) => new(ledger.State, ledger.Command("op", new ActivateEngine(2, from)), 0, ledger.Now, coSignatures);

        Assert.Equal(RejectionReason.EngineVersionInvalid, handler.Execute(Context(0))?.Reason);
        var context = Context(3);
        Assert.Null(handler.Execute(context));

        Assert.Equal([new EngineActivated(new EngineActivation(2, 3))], context.Effects);
        Assert.Equal((1U, 2U), (ledger.State.Engines.VersionAt(2), ledger.State.Engines.VersionAt(3)));
        Assert.Equal(RejectionReason.EngineVersionInvalid, handler.Execute(Context(9))?.Reason);
    }
}
