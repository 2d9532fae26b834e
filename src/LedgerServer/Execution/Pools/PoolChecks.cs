using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Periods;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>Checks of pools that several commands share.</summary>
internal static class PoolChecks
{
    /// <summary>Whether the pool exists.</summary>
    public static Rejection? Known(Pool? pool) =>
        pool is not null
            ? null
            : Rejection.Because(RejectionReason.UnknownPool, $"pool_id: no such pool on this ledger; open it first.");

    /// <summary>Pool known, period known and open, and neither money nor usage of it divided yet.</summary>
    public static Rejection? Collecting(string poolId, string periodId, LedgerState state) =>
        Known(state.Pools.Find(poolId))
        ?? PeriodChecks.Open(state.Periods.Find(periodId))
        ?? (state.Pools.Find(poolId, periodId) is { IsDivided: true }
            ? Rejection.Because(
                RejectionReason.PoolAlreadySettled,
                $"pool_id, period_id: the pool's period is divided and takes nothing more; use the next period.")
            : null);

    /// <summary>Whether the submitter may pay in and record usage.</summary>
    public static Rejection? Admitted(Pool pool, CommandContext context) =>
        pool.Admits(context.Submitter)
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized,
                $"pool_id: only the pool's owner and those that it admitted at its opening pay in and record usage.");

    /// <summary>Whether sums may be added to a pool's period and to all pools together.</summary>
    /// <param name="held">What the pool holds; null where nothing yet.</param>
    /// <param name="added">New sums.</param>
    /// <param name="state">The state.</param>
    public static Rejection? Room(PoolPeriod? held, int added, LedgerState state)
    {
        if ((held?.SumCount ?? 0) + added > EngineLimits.PoolPeriodSumsMax)
        {
            return Rejection.Because(
                RejectionReason.LimitReached,
                $"pool_id, period_id: a pool's period keeps at most {EngineLimits.PoolPeriodSumsMax} sums by payer and by learner and work; open another pool.");
        }

        return state.Pools.SumCount + added <= EngineLimits.PoolSumsMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"pool_id: all pools together keep at most {EngineLimits.PoolSumsMax} sums; settle periods that are over first.");
    }

    /// <summary>Whether the pool's owner has signed the agreement that splits a work's part.</summary>
    public static Rejection? OwnerIsParty(Pool pool, string workId, AgreementTerms terms) =>
        ProposalRules.IsParty(terms, pool.OwnerOrganizationId)
            ? null
            : Rejection.Because(
                RejectionReason.NotAParty,
                $"work_id: {pool.OwnerOrganizationId} is not a party of agreement {terms.AgreementId}, which covers {workId}; sign one first.");

    /// <summary>
    /// Payer account known, a wallet, the subscriber's or the submitter's own, in the pool's currency. A learner's wallet that
    /// a platform opened is charged by that platform only.
    /// </summary>
    public static Rejection? Payer(Subscribe body, Pool pool, AccountState? payer, CommandContext context) =>
        AccountChecks.Known("payer_account_id", payer)
        ?? AccountChecks.Kind("payer_account_id", payer!, AccountKind.Wallet)
        ?? MayCharge(body, payer!.Account, context)
        ?? AccountChecks.Currency("payer_account_id", payer, body.Amount)
        ?? (string.Equals(pool.CurrencyCode, body.Amount.CurrencyCode, StringComparison.Ordinal)
            ? null
            : Rejection.Because(
                RejectionReason.CurrencyMismatch, $"amount.currency_code: the pool is in {pool.CurrencyCode}; pay in that."));

    private static Rejection? MayCharge(Subscribe body, Account payer, CommandContext context)
    {
        var isOwn = string.Equals(payer.Owner.OrganizationId, context.Submitter, StringComparison.Ordinal);
        var isSubscribers = string.Equals(payer.Owner.LearnerPseudonym, body.LearnerPseudonym, StringComparison.Ordinal);
        if (!isOwn && !isSubscribers)
        {
            return Rejection.Because(
                RejectionReason.NotAuthorized,
                $"payer_account_id: must be a wallet of the subscriber or of the submitting platform.");
        }

        var opener = context.State.Membership.FindOrganization(payer.OpenedByOrganizationId)!;
        var isAnothers = isSubscribers
            && opener.Roles.Contains(Membership.Role.Platform)
            && !string.Equals(opener.OrganizationId, context.Submitter, StringComparison.Ordinal);
        return isAnothers
            ? Rejection.Because(
                RejectionReason.NotAuthorized,
                $"payer_account_id: another platform opened this wallet for the learner, and it alone may charge it.")
            : null;
    }
}
