using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Agreement.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Submission.Steps;

/// <summary>A sale, part of it given back and the rest taken back, and revenue without a sale.</summary>
internal static class SaleSteps
{
    public static IEnumerable<CommandStep> Of() =>
    [
        new("platform", payload => payload.Purchase = Market.Purchase("purchase", "work-0")),
        new("platform", payload => payload.Refund = new Refund { RefundId = "refund", PurchaseId = "purchase", Amount = Market.Eur(7) }),
        new("payment-provider", payload => payload.Chargeback = new Chargeback
        {
            ChargebackId = "chargeback",
            PurchaseId = "purchase",
            ExternalReference = "bank-1",
        }),
        new("platform", payload => payload.RecordRevenue = new RecordRevenue
        {
            RevenueId = "revenue",
            RevenueKind = RevenueKind.Advertising,
            WorkId = "work-0",
            PayerAccountId = MoneySteps.Till,
            Amount = Market.Eur(101),
        }),
    ];
}
