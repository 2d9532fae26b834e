using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Transfers;

/// <summary>
/// Order of checks: shape, amount and currency, accounts differ, account known, clearing account known, submitter may debit
/// the account or owns the clearing account, kinds, currencies of the accounts, external reference new for the provider's
/// payouts; then for who may debit, limits of the accounts; for the provider, a hold of the account for the clearing
/// account, the first placed of those of which enough remains.
/// </summary>
internal sealed class PayoutHandler() : CommandHandler<Payout>(CommandKind.Payout, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(Payout body, CommandContext context)
    {
        var accounts = context.State.Accounts;
        var account = accounts.Find(body.AccountId);
        var clearing = accounts.Find(body.ClearingAccountId);
        var rejection = CheckShape(body)
            ?? context.State.Currencies.CheckPositive("amount", body.Amount)
            ?? AccountChecks.Different("account_id", body.AccountId, "clearing_account_id", body.ClearingAccountId)
            ?? AccountChecks.Known("account_id", account)
            ?? AccountChecks.Known("clearing_account_id", clearing)
            ?? CheckSubmitter(account!, clearing!, context)
            ?? AccountChecks.Kind("account_id", account!, AccountKind.Wallet, AccountKind.Revenue)
            ?? AccountChecks.Kind("clearing_account_id", clearing!, AccountKind.Clearing)
            ?? AccountChecks.Currency("account_id", account!, body.Amount)
            ?? AccountChecks.Currency("clearing_account_id", clearing!, body.Amount)
            ?? CheckReference(body, clearing!, context);
        if (rejection is not null)
        {
            return rejection;
        }

        return AccountChecks.MayDebit(account!, context)
            ? PayOut(body, account!.Account, clearing!.Account, context)
            : Capture(body, clearing!.Account, context);
    }

    private static Rejection? CheckShape(Payout body) =>
        Shape.Id("account_id", body.AccountId)
        ?? Shape.Id("clearing_account_id", body.ClearingAccountId)
        ?? Shape.Id("external_reference", body.ExternalReference);

    private static Rejection? CheckSubmitter(AccountState account, AccountState clearing, CommandContext context) =>
        AccountChecks.MayDebit(account, context) || AccountChecks.IsOwnedBy(clearing, context.Submitter)
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized,
                $"account_id, clearing_account_id: only who may debit the account, or the owner of the clearing account, pays out.");

    private static Rejection? CheckReference(Payout body, AccountState clearing, CommandContext context) =>
        context.State.Accounts.IsReferenceUsed(clearing.Account.Owner.OrganizationId!, ReferenceOf(body))
            ? Rejection.Because(
                RejectionReason.ExternalReferenceUsed,
                $"external_reference: a payout of this provider used it before; each has its own, check for a double.")
            : null;

    private static Rejection? PayOut(Payout body, Account account, Account clearing, CommandContext context)
    {
        var draft = new PostingDraft(context.State.Accounts);
        var rejection = draft.Add("account_id", account, Direction.Debit, body.Amount, PostingReason.Payout)
            ?? draft.Add("clearing_account_id", clearing, Direction.Credit, body.Amount, PostingReason.Payout);
        if (rejection is not null)
        {
            return rejection;
        }

        context.State.Accounts.UseReference(clearing.Owner.OrganizationId!, ReferenceOf(body));
        draft.Commit(context, PostingSource.None);
        return null;
    }

    private static Rejection? Capture(Payout body, Account clearing, CommandContext context)
    {
        var hold = context.State.Holds.LiveOf(body.AccountId).FirstOrDefault(hold =>
            string.Equals(hold.DestinationAccountId, body.ClearingAccountId, StringComparison.Ordinal)
            && hold.Remaining.MinorUnits >= body.Amount.MinorUnits);
        if (hold is null)
        {
            return Rejection.Because(
                RejectionReason.UnknownHold,
                $"account_id: it has no open hold for the clearing account of which this much remains; let its owner place one.");
        }

        context.State.Accounts.UseReference(clearing.Owner.OrganizationId!, ReferenceOf(body));
        HoldMovements.Capture(context, hold, body.Amount, PostingReason.Payout);
        return null;
    }

    // Kept apart from those of deposits by a character that no id has, so that an owner cannot use up a deposit's reference.
    private static string ReferenceOf(Payout body) => "payout " + body.ExternalReference;
}
