using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>Checks of accounts that a command names.</summary>
internal static class AccountChecks
{
    /// <summary>Whether the account exists.</summary>
    public static Rejection? Known(string field, AccountState? account) =>
        account is not null
            ? null
            : Rejection.Because(
                RejectionReason.UnknownAccount, $"{field}: no such account on this ledger; open it first.");

    /// <summary>Whether the account is of one of the given kinds.</summary>
    public static Rejection? Kind(string field, AccountState account, params ReadOnlySpan<AccountKind> kinds)
    {
        if (kinds.Contains(account.Account.Kind))
        {
            return null;
        }

        var names = string.Join(" or ", kinds.ToArray());
        return Rejection.Because(
            RejectionReason.AccountKindWrong, $"{field}: must be of kind {names}, not {account.Account.Kind}.");
    }

    /// <summary>Whether the account is in the currency of the amount.</summary>
    public static Rejection? Currency(string field, AccountState account, Money amount) =>
        string.Equals(account.Account.CurrencyCode, amount.CurrencyCode, StringComparison.Ordinal)
            ? null
            : Rejection.Because(
                RejectionReason.CurrencyMismatch,
                $"{field}: the account is in {account.Account.CurrencyCode}, the amount in {amount.CurrencyCode}.");

    /// <summary>Whether two fields name different accounts.</summary>
    public static Rejection? Different(string debitField, string debitId, string creditField, string creditId) =>
        string.Equals(debitId, creditId, StringComparison.Ordinal)
            ? Rejection.Because(
                RejectionReason.SameAccount, $"{debitField}, {creditField}: must be different accounts.")
            : null;

    /// <summary>Whether an organisation owns the account.</summary>
    public static bool IsOwnedBy(AccountState account, string organizationId) =>
        string.Equals(account.Account.Owner.OrganizationId, organizationId, StringComparison.Ordinal);

    /// <summary>Whether the submitter owns the account, or is the platform that opened it for a learner.</summary>
    public static bool MayDebit(AccountState account, CommandContext context)
    {
        var opensForLearner = account.Account.Owner.LearnerPseudonym is not null
            && context.ActingRoles.Contains(Role.Platform)
            && string.Equals(account.Account.OpenedByOrganizationId, context.Submitter, StringComparison.Ordinal);
        return opensForLearner || IsOwnedBy(account, context.Submitter);
    }

    /// <summary>Whether the submitter may debit the account.</summary>
    public static Rejection? Debitable(string field, AccountState account, CommandContext context) =>
        MayDebit(account, context)
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized,
                $"{field}: only its owner, or the platform that opened it for a learner, may debit it.");
}
