using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;
using KpGrpc.LedgerServer.Execution.Subjects;

namespace KpGrpc.LedgerServer.Tests.Execution.Consents;

public sealed class GrantConsentHandlerTests
{
    [Fact]
    public void GrantConsent_New_IsRecordedWithItsListsInOrder()
    {
        var ledger = new TestLedger();

        var receipt = ledger.Accept("plat", SharingSamples.Grant());

        Assert.Equal([new ConsentGranted("consent", SampleCommands.Learner, "tech")], receipt.Effects);
        var consent = ledger.State.Consents.Find("consent")!;
        Assert.Equal([Purpose.Analytics, Purpose.Research], consent.Purposes);
        Assert.Equal(["history", "profile.tags"], consent.Scopes);
        Assert.True(consent.HeldAt(0, TestLedger.Start));
        Assert.False(consent.HeldAt(0, TestLedger.Start + 1_000));
    }

    [Fact]
    public void GrantConsent_WhatMayNotBe_IsRejectedByItsReason()
    {
        var ledger = new TestLedger();
        ledger.Accept("plat", SharingSamples.Grant());
        var next = SharingSamples.Grant("next");

        ledger.Refuse(RejectionReason.RoleMissing, "prod", next);
        ledger.Refuse(RejectionReason.AlreadyExists, "plat", SharingSamples.Grant());
        ledger.Refuse(RejectionReason.TimeInvalid, "plat", next with { ExpiresAtMicros = ledger.Now });
        ledger.Refuse(RejectionReason.UnknownOrganization, "plat", next with { GranteeOrganizationId = "ghost" });
        ledger.Refuse(RejectionReason.NotAuthorized, "plat2", next);
        ledger.Refuse(RejectionReason.Malformed, "plat", next with { SubjectPseudonym = "anna@example.org" });
        ledger.Refuse(RejectionReason.Malformed, "plat", next with { Purposes = [] });
        ledger.Refuse(RejectionReason.Malformed, "plat", next with { Purposes = [Purpose.Research, Purpose.Research] });
        ledger.Refuse(RejectionReason.Malformed, "plat", next with { Scopes = ["a", "a"] });
        ledger.Refuse(RejectionReason.Malformed, "plat", next with { Scopes = ["no spaces"] });
        ledger.Refuse(RejectionReason.Malformed, "plat", next with { EvidenceCommitment = new byte[31] });
    }

    [Fact]
    public void GrantConsent_OneTooMany_IsRejectedUntilOneEnds()
    {
        var ledger = new TestLedger();
        for (var i = 0; i < EngineLimits.ConsentsPerSubjectMax; i++)
        {
            ledger.Accept("plat", SharingSamples.Grant($"c{i}"));
        }

        ledger.Refuse(RejectionReason.LimitReached, "plat", SharingSamples.Grant("more"));
        ledger.Accept("plat", new RevokeConsent("c0"));
        ledger.Accept("plat", SharingSamples.Grant("more"));
    }

    [Fact]
    public void GrantConsent_AfterAsManyThatRanOut_IsAcceptedAndErasureTellsThoseThatHold()
    {
        var ledger = new TestLedger();
        for (var i = 0; i < EngineLimits.ConsentsPerSubjectMax; i++)
        {
            ledger.Accept("plat", SharingSamples.Grant($"c{i}") with { ExpiresAtMicros = ledger.Now + 1_000_000 });
        }

        ledger.Now += 1_000_000;
        ledger.Accept("plat", SharingSamples.Grant("more") with { ExpiresAtMicros = null });
        var receipt = ledger.Accept("plat", new EraseSubject(SampleCommands.Learner, ""));

        Assert.Equal([new ConsentRevoked("more"), new Erased(SampleCommands.Learner)], receipt.Effects);
        Assert.Equal(ConsentStatus.Expired, ledger.State.Consents.Find("c0")!.StatusAt(ledger.Now));
    }
}
