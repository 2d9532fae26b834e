using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Holds.Foreign;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>
/// Order of checks: shape, kind served, owner and submitter agree, role for the kind, role for an overdraft, currency,
/// id new. An overdraft is credit: only a payment provider gives it, or any member could spend what nobody brought in.
/// The counter-account of another ledger is an operator's, and its limits are how much may be out or in between the two.
/// </summary>
internal sealed class OpenAccountHandler() : CommandHandler<OpenAccount>(CommandKind.OpenAccount, RoleGroups.Trading)
{
    private static readonly RoleSet WalletOpeners = RoleSet.Of(Role.Platform, Role.PaymentProvider);

    /// <inheritdoc/>
    protected override Rejection? Execute(OpenAccount body, CommandContext context)
    {
        var rejection = CheckShape(body)
            ?? CheckKind(body)
            ?? CheckOwner(body, context)
            ?? CheckProvider(body, context)
            ?? context.State.Currencies.Check("open_account", body.CurrencyCode, body.Exponent)
            ?? CheckNew(body, context);
        if (rejection is not null)
        {
            return rejection;
        }

        var account = new Account
        {
            AccountId = body.AccountId,
            Owner = body.Owner,
            Kind = body.AccountKind,
            CurrencyCode = body.CurrencyCode,
            Exponent = body.Exponent,
            Limits = body.Limits,
            OpenedAtSequence = context.Sequence,
            OpenedByOrganizationId = context.Submitter,
        };
        context.State.Accounts.Open(account);
        context.Record(new AccountOpened(account));
        return null;
    }

    private static Rejection? CheckShape(OpenAccount body) =>
        Shape.Id("account_id", body.AccountId)
        ?? (RevenueAccounts.IsReserved(body.AccountId) || EscrowAccounts.IsReserved(body.AccountId)
            ? Shape.Malformed($"account_id: ids that begin with revenue/ or escrow/ are the ledger's own; choose another.")
            : null)
        ?? CheckForeignId(body)
        ?? CheckOwnerShape(body.Owner)
        ?? Shape.Defined("kind", body.AccountKind)
        ?? Shape.Range("limits.overdraft_minor_units", body.Limits.OverdraftMinorUnits, 0, long.MaxValue)
        ?? Shape.Range("limits.balance_max_minor_units", body.Limits.BalanceMaxMinorUnits, 0, long.MaxValue);

    private static Rejection? CheckForeignId(OpenAccount body)
    {
        if (body.AccountKind != AccountKind.Foreign)
        {
            return ForeignAccounts.IsReserved(body.AccountId)
                ? Shape.Malformed($"account_id: ids that begin with foreign/ are of kind Foreign; choose another.")
                : null;
        }

        var isCounter = body.AccountId.EndsWith("/" + body.CurrencyCode, StringComparison.Ordinal)
            && ForeignAccounts.IsReserved(body.AccountId);
        return isCounter
            ? null
            : Shape.Malformed($"account_id: the counter-account of a ledger has the id foreign/LEDGER/CURRENCY; send that.");
    }

    private static Rejection? CheckOwnerShape(AccountOwner owner) => owner switch
    {
        { OrganizationId: { } id, LearnerPseudonym: null } => Shape.Id("owner.organization_id", id),
        { OrganizationId: null, LearnerPseudonym: { } learner } => Shape.Pseudonym("owner.learner_pseudonym", learner),
        _ => Shape.Malformed($"owner: exactly one of organization_id and learner_pseudonym is required."),
    };

    private static Rejection? CheckKind(OpenAccount body)
    {
        if (body.AccountKind is AccountKind.Revenue or AccountKind.Escrow or AccountKind.Pool)
        {
            return Rejection.Because(
                RejectionReason.AccountKindWrong,
                $"kind: {body.AccountKind} accounts are opened by what fills them, never by this command.");
        }

        return body.Owner.LearnerPseudonym is null || body.AccountKind == AccountKind.Wallet
            ? null
            : Rejection.Because(
                RejectionReason.AccountKindWrong, $"kind: a learner owns wallets only; open a wallet.");
    }

    private static Rejection? CheckOwner(OpenAccount body, CommandContext context)
    {
        if (body.Owner.OrganizationId is { } owner)
        {
            return string.Equals(owner, context.Submitter, StringComparison.Ordinal)
                ? null
                : Rejection.Because(
                    RejectionReason.NotAuthorized,
                    $"owner.organization_id: an organisation opens its own accounts only; let the owner submit it.");
        }

        return context.ActingRoles.Overlaps(WalletOpeners)
            ? null
            : Rejection.Because(
                RejectionReason.RoleMissing,
                $"owner.learner_pseudonym: a learner's wallet is opened by one of the roles {WalletOpeners}.");
    }

    private static Rejection? CheckProvider(OpenAccount body, CommandContext context)
    {
        if (body.AccountKind == AccountKind.Foreign)
        {
            return context.ActingRoles.Contains(Role.Operator)
                ? null
                : Rejection.Because(
                    RejectionReason.RoleMissing, $"kind: the counter-account of a ledger is opened by an operator only.");
        }

        if (context.ActingRoles.Contains(Role.PaymentProvider))
        {
            return null;
        }

        if (body.AccountKind == AccountKind.Clearing)
        {
            return Rejection.Because(
                RejectionReason.RoleMissing, $"kind: a clearing account is opened by a payment provider only.");
        }

        return body.Limits.OverdraftMinorUnits == 0
            ? null
            : Rejection.Because(
                RejectionReason.RoleMissing,
                $"limits.overdraft_minor_units: only a payment provider gives an overdraft; send 0.");
    }

    private static Rejection? CheckNew(OpenAccount body, CommandContext context) =>
        context.State.Accounts.Find(body.AccountId) is null
            ? null
            : Rejection.Because(
                RejectionReason.AlreadyExists, $"account_id: an account with this id exists; choose another id.");
}
