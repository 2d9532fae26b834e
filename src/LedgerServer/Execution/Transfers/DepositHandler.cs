using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Transfers;

/// <summary>
/// Order of checks: shape, amount and currency, accounts differ, clearing account known, account known, clearing account
/// the submitter's, kinds, currencies of the accounts, external reference new for the provider, limits of the accounts.
/// </summary>
internal sealed class DepositHandler() : CommandHandler<Deposit>(CommandKind.Deposit, RoleSet.Of(Role.PaymentProvider))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(Deposit body, CommandContext context)
    {
        var accounts = context.State.Accounts;
        var clearing = accounts.Find(body.ClearingAccountId);
        var target = accounts.Find(body.AccountId);
        var draft = new PostingDraft(accounts);
        var rejection = CheckShape(body)
            ?? context.State.Currencies.CheckPositive("amount", body.Amount)
            ?? AccountChecks.Different("clearing_account_id", body.ClearingAccountId, "account_id", body.AccountId)
            ?? AccountChecks.Known("clearing_account_id", clearing)
            ?? AccountChecks.Known("account_id", target)
            ?? CheckAccounts(clearing!, target!, body, context)
            ?? draft.Add("clearing_account_id", clearing!.Account, Direction.Debit, body.Amount, PostingReason.Deposit)
            ?? draft.Add("account_id", target!.Account, Direction.Credit, body.Amount, PostingReason.Deposit);
        if (rejection is not null)
        {
            return rejection;
        }

        accounts.UseReference(context.Submitter, body.ExternalReference);
        draft.Commit(context, PostingSource.None);
        return null;
    }

    private static Rejection? CheckShape(Deposit body) =>
        Shape.Id("clearing_account_id", body.ClearingAccountId)
        ?? Shape.Id("account_id", body.AccountId)
        ?? Shape.Id("external_reference", body.ExternalReference);

    private static Rejection? CheckAccounts(
        AccountState clearing, AccountState target, Deposit body, CommandContext context)
    {
        if (!AccountChecks.IsOwnedBy(clearing, context.Submitter))
        {
            return Rejection.Because(
                RejectionReason.NotAuthorized,
                $"clearing_account_id: not an account of {context.Submitter}; use an own clearing account.");
        }

        return AccountChecks.Kind("clearing_account_id", clearing, AccountKind.Clearing)
            ?? AccountChecks.Kind(
                "account_id", target, AccountKind.Wallet, AccountKind.Revenue, AccountKind.Liability, AccountKind.Suspense)
            ?? AccountChecks.Currency("clearing_account_id", clearing, body.Amount)
            ?? AccountChecks.Currency("account_id", target, body.Amount)
            ?? CheckReference(body, context);
    }

    private static Rejection? CheckReference(Deposit body, CommandContext context) =>
        context.State.Accounts.IsReferenceUsed(context.Submitter, body.ExternalReference)
            ? Rejection.Because(
                RejectionReason.ExternalReferenceUsed,
                $"external_reference: {context.Submitter} used it before; each deposit has its own, check for a double.")
            : null;
}
