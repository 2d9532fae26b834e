using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;

namespace KpGrpc.LedgerServer.Tests.Execution.Consents;

public sealed class RecordAccessHandlerTests
{
    [Fact]
    public void RecordAccess_Covered_IsRecorded()
    {
        var ledger = new TestLedger();
        ledger.Accept("plat", SharingSamples.Grant());

        var receipt = ledger.Accept("tech", SharingSamples.Access());

        Assert.Equal([new AccessRecorded("access", "consent")], receipt.Effects);
        Assert.Equal("tech", Assert.Single(ledger.State.Accesses.UnderConsent("consent")).OrganizationId);
    }

    [Fact]
    public void RecordAccess_WithoutACoveringConsent_IsRejectedByItsReason()
    {
        var ledger = new TestLedger();
        ledger.Accept("plat", SharingSamples.Grant());
        ledger.Accept("tech", SharingSamples.Access());
        var next = SharingSamples.Access("next");

        ledger.Refuse(RejectionReason.AlreadyExists, "tech", SharingSamples.Access());
        ledger.Refuse(RejectionReason.UnknownConsent, "tech", next with { ConsentId = "none" });
        ledger.Refuse(RejectionReason.ConsentDoesNotCover, "prod", next);
        ledger.Refuse(RejectionReason.ConsentDoesNotCover, "tech", next with { Purpose = Purpose.Marketing });
        ledger.Refuse(RejectionReason.ConsentDoesNotCover, "tech", next with { Scopes = ["history", "payments"] });
        ledger.Refuse(RejectionReason.Malformed, "tech", next with { Scopes = [] });
        ledger.Now += 1_000;
        ledger.Refuse(RejectionReason.ConsentNotActive, "tech", next);
    }
}
