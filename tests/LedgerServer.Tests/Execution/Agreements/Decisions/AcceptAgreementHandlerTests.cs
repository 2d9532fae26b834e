using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Effects.Agreements;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Agreements.Decisions;

public sealed class AcceptAgreementHandlerTests
{
    private static readonly Party[] Two =
        [SampleCommands.Party("prod", Role.Producer, 600_000), SampleCommands.Party("plat", Role.Platform, 400_000)];

    [Fact]
    public void Accept_LastParty_Activates()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Agreement("a", 1, Two));
        Assert.Equal(AgreementStatus.Proposed, ledger.State.Agreements.Find("a", 1)!.Status);

        var receipt = ledger.Accept("plat", SampleCommands.Acceptance("a"));

        Assert.Equal(
            [new AgreementAccepted("a", 1, "plat"), new AgreementActivated("a", 1)], receipt.Effects);
        Assert.Equal(["prod", "plat"], ledger.State.Agreements.Find("a", 1)!.Acceptances.Select(a => a.OrganizationId));
    }

    [Fact]
    public void Accept_Faults_AreRefused()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Agreement("a", 1, Two));

        ledger.Refuse(RejectionReason.Malformed, "plat", new AcceptAgreement("a", 1, null));
        ledger.Refuse(RejectionReason.UnknownAgreement, "plat", SampleCommands.Acceptance("a", 2));
        ledger.Refuse(RejectionReason.NotAParty, "tech", SampleCommands.Acceptance("a"));
        ledger.Refuse(RejectionReason.AgreementAlreadyAccepted, "prod", SampleCommands.Acceptance("a"));
        ledger.Refuse(
            RejectionReason.AgreementTermsMismatch, "plat", new AcceptAgreement("a", 1, TestLedger.Hash("other terms")));
        ledger.Accept("plat", SampleCommands.Acceptance("a"));
        ledger.Refuse(RejectionReason.AgreementNotProposed, "plat", SampleCommands.Acceptance("a"));
    }
}
