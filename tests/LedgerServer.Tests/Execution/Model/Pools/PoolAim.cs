using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Execution.Pools;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

/// <summary>Points random commands about pools at what comes next: pay and use until the period is over, settle, close, open.</summary>
internal static class PoolAim
{
    /// <summary>The aimed command; null where the body is not about pools.</summary>
    public static (string By, CommandBody Body)? At(LedgerState state, Step step)
    {
        if (step.Body is not (OpenPool or Subscribe or RecordUsage or SettlePool or OpenSettlementPeriod or CloseSettlementPeriod))
        {
            return null;
        }

        var period = state.Periods.All.FirstOrDefault(p => p.IsOpen);
        return period is null || (step.Body is OpenSettlementPeriod && state.Periods.All.Count < 4) ? Open(state, step.Back)
            : step.Body is OpenPool pool ? ("plat", pool with { AccountId = pool.PoolId + "-account", CurrencyCode = "EUR", Exponent = 2 })
            : state.LastOrderedAtMicros >= period.EndsAtMicros && step.Back % 5 != 0 ? End(state, period, step)
            : Collect(state, step.Back % 6 == 0 ? state.Periods.All[^1] : period, step);
    }

    private static (string, CommandBody) Open(LedgerState state, int index)
    {
        var from = state.Periods.All.Count == 0 ? TestLedger.Start : state.Periods.All[^1].EndsAtMicros;
        var gap = index % 3 == 0 ? OrderTime.MicrosPerDay / 4 : 0;
        var length = (1 + (index % 4)) * OrderTime.MicrosPerDay / 2;
        return ("op", new OpenSettlementPeriod($"p{state.Periods.All.Count}", from + gap, from + gap + length));
    }

    private static (string, CommandBody) End(LedgerState state, SettlementPeriod period, Step step)
    {
        var held = state.Pools.Periods.FirstOrDefault(h => h.PeriodId == period.PeriodId && h is { Paid: > 0, IsSettled: false });
        var isDone = period.SettledAtSequences.Count > 0 || step.Back % 4 == 1;
        return held is null ? (isDone ? ("op", new CloseSettlementPeriod(period.PeriodId)) : Collect(state, period, step))
            : held.WorkCount == 0 ? EndUnused(state, held, period, step)
            : (step.Back % 2 == 0 ? "plat" : "op", new SettlePool(held.PoolId, period.PeriodId, null));
    }

    private static (string, CommandBody) EndUnused(LedgerState state, PoolPeriod held, SettlementPeriod period, Step step)
    {
        var later = state.Periods.All.FirstOrDefault(p => p.StartsAtMicros > period.StartsAtMicros);
        return step.Back % 2 == 0 ? ("plat", UsageOf(state, step, held.PoolId, period.PeriodId))
            : later is null ? Open(state, step.Back)
            : (step.Back % 4 == 1 ? "plat" : "op", new SettlePool(held.PoolId, period.PeriodId, null, later.PeriodId));
    }

    private static (string, CommandBody) Collect(LedgerState state, SettlementPeriod period, Step step)
    {
        var pool = state.Pools.All[step.Back % state.Pools.All.Count];
        var wallets = state.Accounts.All.Where(a => a.Account.Kind == AccountKind.Wallet && a.Account.OpenedByOrganizationId == "plat"
            && a.Account.CurrencyCode == pool.CurrencyCode && Balance(a) > 0).ToArray();
        if (wallets.Length == 0 || step.Body is RecordUsage or SettlePool)
        {
            return (pool.OwnerOrganizationId, UsageOf(state, step, pool.PoolId, period.PeriodId));
        }

        var wallet = wallets[step.Back % wallets.Length];
        var asked = step.Body as Subscribe;
        return (pool.OwnerOrganizationId, new Subscribe
        {
            SubscriptionId = asked?.SubscriptionId ?? $"subscription-{state.NextSequence}",
            PoolId = pool.PoolId,
            PeriodId = period.PeriodId,
            LearnerPseudonym = wallet.Account.Owner.LearnerPseudonym ?? asked?.LearnerPseudonym ?? PoolCommands.OtherLearner,
            PayerAccountId = wallet.Account.AccountId,
            Amount = new Money(1 + (long)(Balance(wallet) % 4_999), pool.CurrencyCode, pool.Exponent),
        });
    }

    private static Int128 Balance(AccountState account) =>
        (Int128)account.Totals.CreditsPosted - (Int128)account.Totals.DebitsPosted - (Int128)account.Totals.DebitsHeld;

    private static RecordUsage UsageOf(LedgerState state, Step step, string poolId, string periodId) => new(
        poolId,
        periodId,
        step.Body is RecordUsage usage
            ? [.. usage.Entries.Select((entry, i) => entry with { WorkId = Work(state, step.Back + i) })]
            : [PoolCommands.Use(Work(state, step.Back), (ulong)step.Back + 1)]);

    private static string Work(LedgerState state, int index) => state.Works.All[index % state.Works.All.Count].Details.WorkId;
}
