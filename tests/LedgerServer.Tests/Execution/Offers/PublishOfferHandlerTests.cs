using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Offers;

namespace KpGrpc.LedgerServer.Tests.Execution.Offers;

public sealed class PublishOfferHandlerTests
{
    [Fact]
    public void PublishOffer_ByOwnerOrNamedPlatform_Opens()
    {
        var ledger = SampleCommands.ReadyToSell();

        ledger.Accept("plat", SampleCommands.Offer("platform-offer"));

        Assert.Equal(["offer", "platform-offer"], ledger.State.Offers.OfWork("work").Select(o => o.Details.OfferId));
        Assert.All(ledger.State.Offers.All, offer => Assert.True(offer.IsOpenAt(ledger.Now)));
    }

    [Fact]
    public void PublishOffer_Faults_AreRefused()
    {
        var ledger = SampleCommands.ReadyToSell();

        ledger.Refuse(RejectionReason.NotAuthorized, "prod2", SampleCommands.Offer("new"));
        ledger.Refuse(RejectionReason.NotAuthorized, "plat2", SampleCommands.Offer("new"));
        ledger.Refuse(RejectionReason.AlreadyExists, "prod", SampleCommands.Offer());
        Refuse(RejectionReason.Malformed, offer => offer with { Terms = offer.Terms with { Use = default } });
        Refuse(RejectionReason.Malformed, offer => offer with { Terms = offer.Terms with { PeriodDays = 36_501 } });
        Refuse(RejectionReason.Malformed, offer => offer with { Terms = offer.Terms with { Territories = ["FR", "DE"] } });
        Refuse(RejectionReason.AmountInvalid, offer => offer with { Price = SampleCommands.Eur(-1) });
        Refuse(RejectionReason.UnknownCurrency, offer => offer with { Price = new Money(1, "USD", 2) });
        Refuse(RejectionReason.ExponentMismatch, offer => offer with { Price = new Money(1, "EUR", 0) });
        Refuse(RejectionReason.UnknownWork, offer => offer with { WorkId = "none" });
        Refuse(RejectionReason.TimeInvalid, offer => offer with { ValidUntilMicros = ledger.Now });

        void Refuse(RejectionReason reason, Func<OfferDetails, OfferDetails> change) =>
            ledger.Refuse(reason, "prod", new PublishOffer(change(SampleCommands.Offer("new").Offer)));
    }
}
