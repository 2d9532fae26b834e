using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>A purchase was charged and split.</summary>
/// <param name="PurchaseId">The purchase, also the licence.</param>
/// <param name="WorkId">The work.</param>
/// <param name="OfferId">The offer.</param>
/// <param name="PayerAccountId">Account that paid.</param>
/// <param name="Split">How the price was split.</param>
internal sealed record PurchaseMade(
    string PurchaseId, string WorkId, string OfferId, string PayerAccountId, SplitResult Split) : Effect, IRevenueEffect
{
    bool IRevenueEffect.IsGivenBack => false;
}
