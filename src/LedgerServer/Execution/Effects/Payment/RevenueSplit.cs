using KpGrpc.LedgerServer.Execution.Agreements;

namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>Advertising or referral revenue was split.</summary>
/// <param name="RevenueId">The revenue.</param>
/// <param name="WorkId">The work.</param>
/// <param name="Split">How it was split.</param>
internal sealed record RevenueSplit(string RevenueId, string WorkId, SplitResult Split) : Effect, IRevenueEffect
{
    bool IRevenueEffect.IsGivenBack => false;
}
