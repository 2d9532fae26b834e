using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>A purchase was given back, by refund or chargeback.</summary>
/// <param name="RefundId">The refund or chargeback.</param>
/// <param name="PurchaseId">The purchase.</param>
/// <param name="Chargeback">Whether it is a chargeback.</param>
/// <param name="Split">What each party gave back.</param>
/// <param name="Remaining">Not refunded yet; 0 after a full refund.</param>
internal sealed record PurchaseRefunded(
    string RefundId, string PurchaseId, bool Chargeback, SplitResult Split, Money Remaining) : Effect, IRevenueEffect
{
    bool IRevenueEffect.IsGivenBack => true;
}
