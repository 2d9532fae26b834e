namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>What an account's totals may be.</summary>
internal static class AccountRules
{
    /// <summary>Whether the owner holds what is on the account, rather than being owed it.</summary>
    public static bool IsDebitNormal(AccountKind kind) => kind is AccountKind.Clearing or AccountKind.Foreign;

    /// <summary>As <see cref="Judge"/>, with the message for a receipt.</summary>
    public static Rejection? Check(string field, Account account, AccountTotals after, Direction direction) =>
        Judge(account, after, direction) switch
        {
            RejectionReason.AmountOverflow => Overflow(field),
            RejectionReason.InsufficientFunds => Rejection.Because(
                RejectionReason.InsufficientFunds,
                $"{field}: the available balance, holds and overdraft counted, is below the amount; bring money in first."),
            RejectionReason.BalanceLimitExceeded => Rejection.Because(
                RejectionReason.BalanceLimitExceeded,
                $"{field}: the account's highest balance of {account.Limits.BalanceMaxMinorUnits} minor units would be exceeded."),
            _ => null,
        };

    /// <summary>
    /// Whether totals are allowed after a posting in <paramref name="direction"/>. Order of checks: overflow; on the side
    /// that takes money away, posted and held, the overdraft; on the side that adds, the highest balance.
    /// </summary>
    /// <returns>None, AmountOverflow, InsufficientFunds or BalanceLimitExceeded.</returns>
    public static RejectionReason Judge(Account account, in AccountTotals after, Direction direction)
    {
        if (!IsInRange(after))
        {
            return RejectionReason.AmountOverflow;
        }

        var debitNormal = IsDebitNormal(account.Kind);
        var (added, addedHeld) = debitNormal
            ? (after.DebitsPosted, after.DebitsHeld)
            : (after.CreditsPosted, after.CreditsHeld);
        var (taken, takenHeld) = debitNormal
            ? (after.CreditsPosted, after.CreditsHeld)
            : (after.DebitsPosted, after.DebitsHeld);
        var adds = debitNormal == (direction == Direction.Debit);
        return adds
            ? JudgeBalanceMax(account.Limits, added + addedHeld, taken)
            : JudgeOverdraft(account.Limits, added, taken + takenHeld);
    }

    /// <summary>
    /// Whether sums stay in their range, holds counted: what is held can then always be posted. The one rule that nothing
    /// may pass by.
    /// </summary>
    public static bool IsInRange(in AccountTotals after) =>
        after.DebitsPosted + after.DebitsHeld <= EngineLimits.AccountTotalMax
        && after.CreditsPosted + after.CreditsHeld <= EngineLimits.AccountTotalMax;

    /// <summary>As <see cref="IsInRange"/>, with the message for a receipt.</summary>
    public static Rejection? CheckRange(string field, in AccountTotals after) => IsInRange(after) ? null : Overflow(field);

    private static Rejection Overflow(string field) => Rejection.Because(
        RejectionReason.AmountOverflow,
        $"{field}: the account's posted and held sum would exceed {EngineLimits.AccountTotalMax}; use another account.");

    private static RejectionReason JudgeOverdraft(AccountLimits limits, UInt128 added, UInt128 taken) =>
        taken <= added + (UInt128)limits.OverdraftMinorUnits ? RejectionReason.None : RejectionReason.InsufficientFunds;

    private static RejectionReason JudgeBalanceMax(AccountLimits limits, UInt128 added, UInt128 taken) =>
        limits.BalanceMaxMinorUnits == 0 || added <= taken + (UInt128)limits.BalanceMaxMinorUnits
            ? RejectionReason.None
            : RejectionReason.BalanceLimitExceeded;
}
