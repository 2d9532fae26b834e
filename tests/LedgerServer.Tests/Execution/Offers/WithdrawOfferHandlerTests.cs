using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Offers;

namespace KpGrpc.LedgerServer.Tests.Execution.Offers;

public sealed class WithdrawOfferHandlerTests
{
    [Fact]
    public void WithdrawOffer_ByPublisher_ClosesItForSales()
    {
        var ledger = SampleCommands.ReadyToSell();

        ledger.Refuse(RejectionReason.NotAuthorized, "plat", new WithdrawOffer("offer"));
        ledger.Refuse(RejectionReason.UnknownOffer, "prod", new WithdrawOffer("none"));
        ledger.Accept("prod", new WithdrawOffer("offer"));

        ledger.Refuse(RejectionReason.OfferClosed, "prod", new WithdrawOffer("offer"));
        ledger.Refuse(RejectionReason.OfferClosed, "plat", SampleCommands.Purchase());
    }
}
