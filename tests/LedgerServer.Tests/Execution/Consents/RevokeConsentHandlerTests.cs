using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;

namespace KpGrpc.LedgerServer.Tests.Execution.Consents;

public sealed class RevokeConsentHandlerTests
{
    [Fact]
    public void RevokeConsent_Active_EndsFromThisSequenceOn()
    {
        var ledger = new TestLedger();
        ledger.Accept("plat", SharingSamples.Grant());

        ledger.Refuse(RejectionReason.NotAuthorized, "plat2", new RevokeConsent("consent"));
        ledger.Refuse(RejectionReason.UnknownConsent, "plat", new RevokeConsent("none"));
        var receipt = ledger.Accept("plat", new RevokeConsent("consent"));

        Assert.Equal([new ConsentRevoked("consent")], receipt.Effects);
        var consent = ledger.State.Consents.Find("consent")!;
        Assert.True(consent.HeldAt(receipt.Sequence - 1, ledger.Now));
        Assert.False(consent.HeldAt(receipt.Sequence, ledger.Now));
        ledger.Refuse(RejectionReason.ConsentNotActive, "plat", new RevokeConsent("consent"));
    }

    [Fact]
    public void RevokeConsent_Expired_IsNotActive()
    {
        var ledger = new TestLedger();
        ledger.Accept("plat", SharingSamples.Grant());
        ledger.Now += 1_000;

        ledger.Refuse(RejectionReason.ConsentNotActive, "plat", new RevokeConsent("consent"));
        Assert.Equal(ConsentStatus.Expired, ledger.State.Consents.Find("consent")!.StatusAt(ledger.Now));
    }
}
