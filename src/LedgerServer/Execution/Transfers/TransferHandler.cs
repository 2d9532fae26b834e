using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Transfers;

/// <summary>
/// Order of checks: shape, amount and currency, accounts differ, debited account known, credited account known, submitter
/// may debit, kinds, currencies of the accounts, limits of the accounts.
/// </summary>
internal sealed class TransferHandler() : CommandHandler<Transfer>(CommandKind.Transfer, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(Transfer body, CommandContext context)
    {
        var accounts = context.State.Accounts;
        var debit = accounts.Find(body.DebitAccountId);
        var credit = accounts.Find(body.CreditAccountId);
        var draft = new PostingDraft(accounts);
        var rejection = Shape.Id("debit_account_id", body.DebitAccountId)
            ?? Shape.Id("credit_account_id", body.CreditAccountId)
            ?? context.State.Currencies.CheckPositive("amount", body.Amount)
            ?? AccountChecks.Different(
                "debit_account_id", body.DebitAccountId, "credit_account_id", body.CreditAccountId)
            ?? AccountChecks.Known("debit_account_id", debit)
            ?? AccountChecks.Known("credit_account_id", credit)
            ?? AccountChecks.Debitable("debit_account_id", debit!, context)
            ?? AccountChecks.Kind("debit_account_id", debit!, AccountKind.Wallet, AccountKind.Revenue)
            ?? AccountChecks.Kind("credit_account_id", credit!, AccountKind.Wallet, AccountKind.Revenue)
            ?? AccountChecks.Currency("debit_account_id", debit!, body.Amount)
            ?? AccountChecks.Currency("credit_account_id", credit!, body.Amount)
            ?? draft.Add("debit_account_id", debit!.Account, Direction.Debit, body.Amount, PostingReason.Transfer)
            ?? draft.Add("credit_account_id", credit!.Account, Direction.Credit, body.Amount, PostingReason.Transfer);
        if (rejection is not null)
        {
            return rejection;
        }

        draft.Commit(context, PostingSource.None);
        return null;
    }
}
