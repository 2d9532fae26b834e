using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Effects.Agreements;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Agreements.Decisions;

public sealed class RefuseAgreementHandlerTests
{
    private static readonly RefuseAgreement Refusal = new("a", 1, "too little");

    [Fact]
    public void Refuse_ByAParty_EndsTheProposal()
    {
        var ledger = Proposed();

        var receipt = ledger.Accept("plat", Refusal);

        Assert.Equal([new AgreementEnded("a", 1, AgreementStatus.Refused)], receipt.Effects);
        Assert.Equal(receipt.Sequence, ledger.State.Agreements.Find("a", 1)!.EndedAtSequence);
        ledger.Refuse(RejectionReason.AgreementNotProposed, "plat", SampleCommands.Acceptance("a"));
        ledger.Accept("plat", SampleCommands.Agreement("a", 2, Parties()));
    }

    [Fact]
    public void Refuse_Faults_AreRefused()
    {
        var ledger = Proposed();

        ledger.Refuse(RejectionReason.RoleMissing, "aud", Refusal);
        ledger.Refuse(RejectionReason.Malformed, "plat", Refusal with { AgreementId = "" });
        ledger.Refuse(RejectionReason.Malformed, "plat", Refusal with { Reason = new string('é', 257) });
        ledger.Refuse(RejectionReason.UnknownAgreement, "plat", Refusal with { Version = 2 });
        ledger.Refuse(RejectionReason.UnknownAgreement, "plat", Refusal with { Version = 0 });
        ledger.Refuse(RejectionReason.NotAParty, "tech", Refusal);
        ledger.Accept("plat", SampleCommands.Acceptance("a"));
        ledger.Refuse(RejectionReason.AgreementNotProposed, "plat", Refusal);
    }

    private static Party[] Parties() =>
        [SampleCommands.Party("prod", Role.Producer, 600_000), SampleCommands.Party("plat", Role.Platform, 400_000)];

    private static TestLedger Proposed()
    {
        var ledger = new TestLedger();
        ledger.Accept("prod", SampleCommands.Agreement("a", 1, Parties()));
        return ledger;
    }
}
