using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;
using KpGrpc.LedgerServer.Execution.Subjects;
using KpGrpc.LedgerServer.Tests.Execution.Consents;

namespace KpGrpc.LedgerServer.Tests.Execution.Subjects;

public sealed class EraseSubjectHandlerTests
{
    private static readonly EraseSubject Sample = new(SampleCommands.Learner, "request");

    [Fact]
    public void EraseSubject_WithConsents_EndsThoseThatHadNotEnded()
    {
        var ledger = new TestLedger();
        ledger.Accept("plat", SharingSamples.Grant("a"));
        ledger.Accept("plat", SharingSamples.Grant("b"));
        ledger.Accept("plat", new RevokeConsent("a"));

        var receipt = ledger.Accept("plat", Sample);

        Assert.Equal([new ConsentRevoked("b"), new Erased(SampleCommands.Learner)], receipt.Effects);
        Assert.Equal(ConsentStatus.Revoked, ledger.State.Consents.Find("a")!.StatusAt(ledger.Now));
        Assert.Equal(ConsentStatus.Erased, ledger.State.Consents.Find("b")!.StatusAt(ledger.Now));
        ledger.Refuse(RejectionReason.SubjectErased, "plat", SharingSamples.Grant("c"));
        ledger.Refuse(RejectionReason.SubjectErased, "plat", Sample);
    }

    [Fact]
    public void EraseSubject_OfAnotherOrUnknown_IsRejectedByItsReason()
    {
        var ledger = new TestLedger();
        ledger.Refuse(RejectionReason.UnknownSubject, "plat", Sample);
        ledger.Accept("plat", SharingSamples.Grant());

        ledger.Refuse(RejectionReason.NotAuthorized, "plat2", Sample);
        ledger.Refuse(RejectionReason.RoleMissing, "op", Sample);
        ledger.Refuse(RejectionReason.Malformed, "plat", Sample with { SubjectPseudonym = "x" });
        ledger.Refuse(RejectionReason.Malformed, "plat", Sample with { ReasonCode = "because she asked" });
    }

    [Fact]
    public void EraseSubject_OwnerOfAWalletAlone_IsErased()
    {
        var ledger = new TestLedger();
        ledger.Accept("plat", SampleCommands.Wallet());

        ledger.Refuse(RejectionReason.UnknownSubject, "plat2", Sample);
        ledger.Accept("plat", Sample);
    }
}
