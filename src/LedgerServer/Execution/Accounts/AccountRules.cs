namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>What an account's totals may be.</summary>
internal static class AccountRules
{
    /// <summary>Whether the owner holds what is on the account, rather than being owed it.</summary>
    public static bool IsDebitNormal(AccountKind kind) => kind is AccountKind.Clearing or AccountKind.Foreign;

    /// <summary>
    /// Whether totals are allowed after a posting in <paramref name="direction"/>. Order of checks: overflow; on the side
    /// that takes money away, posted and held, the overdraft; on the side that adds, the highest balance.
    /// </summary>
    public static Rejection? Check(string field, Account account, AccountTotals after, Direction direction)
    {
        if (after.DebitsPosted > EngineLimits.AccountTotalMax || after.CreditsPosted > EngineLimits.AccountTotalMax)
        {
            return Rejection.Because(
                RejectionReason.AmountOverflow,
                $"{field}: the account's posted sum would exceed {EngineLimits.AccountTotalMax}; use another account.");
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
            ? CheckBalanceMax(field, account.Limits, added + addedHeld, taken)
            : CheckOverdraft(field, account.Limits, added, taken + takenHeld);
    }

    private static Rejection? CheckOverdraft(string field, AccountLimits limits, UInt128 added, UInt128 taken) =>
        taken <= added + (UInt128)limits.OverdraftMinorUnits
            ? null
            : Rejection.Because(
                RejectionReason.InsufficientFunds,
                $"{field}: the available balance, holds and overdraft counted, is below the amount; bring money in first.");

    private static Rejection? CheckBalanceMax(string field, AccountLimits limits, UInt128 added, UInt128 taken) =>
        limits.BalanceMaxMinorUnits == 0 || added <= taken + (UInt128)limits.BalanceMaxMinorUnits
            ? null
            : Rejection.Because(
                RejectionReason.BalanceLimitExceeded,
                $"{field}: the account's highest balance of {limits.BalanceMaxMinorUnits} minor units would be exceeded.");
}
