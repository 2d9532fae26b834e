using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Transfers;

/// <summary>Who may take money from an account without anybody else's signature.</summary>
internal static class TransferRules
{
    /// <summary>Whether the submitter owns the account, or is the platform that opened it for a learner.</summary>
    public static bool MayDebit(AccountState debit, CommandContext context) =>
        AccountChecks.IsOwnedBy(debit, context.Submitter)
        || (debit.Account.Owner.LearnerPseudonym is not null
            && context.ActingRoles.Contains(Role.Platform)
            && string.Equals(debit.Account.OpenedByOrganizationId, context.Submitter, StringComparison.Ordinal));
}
