using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Offers;

namespace KpGrpc.LedgerServer.Execution.Purchases;

/// <summary>
/// Order of checks: shape, id new, referrer known, work known, offer known and of the work, offer open, price, payer
/// account, buyer not licensed, agreement, licence period, funds and limits. Then all at once: the revenue accounts that
/// are missing are opened, the payer is debited the price, each party with a part above 0 is credited it in declared order,
/// and the licence is granted.
/// </summary>
internal sealed class PurchaseHandler() : CommandHandler<Purchase>(CommandKind.Purchase, RoleSet.Of(Role.Platform))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(Purchase body, CommandContext context)
    {
        var state = context.State;
        var offer = state.Offers.Find(body.OfferId);
        var payer = state.Accounts.Find(body.PayerAccountId);
        var rejection = PurchaseChecks.CheckShape(body)
            ?? PurchaseChecks.CheckOffer(body, offer, context)
            ?? PurchaseChecks.CheckPayer(body, payer, context)
            ?? PurchaseChecks.CheckNotLicensed(body, context);
        if (rejection is not null)
        {
            return rejection;
        }

        var agreement = state.Agreements.FindActive(
            state.Works.Find(body.WorkId)!, RevenueKind.Sale, context.OrderedAtMicros);
        rejection = PurchaseChecks.CheckAgreement(agreement, context)
            ?? PurchaseChecks.CheckPeriod(offer!, context.OrderedAtMicros);
        if (rejection is not null)
        {
            return rejection;
        }

        var split = SaleSplit.Of(agreement!, offer!.Details.Price);
        var draft = new PostingDraft(state.Accounts);
        rejection = Draft(draft, payer!.Account, split, context);
        if (rejection is not null)
        {
            return rejection;
        }

        draft.Commit(
            context, new PostingSource(body.PurchaseId, body.WorkId, split.AgreementId, split.AgreementVersion));
        Grant(body, offer, split, context);
        return null;
    }

    private static Rejection? Draft(PostingDraft draft, Account payer, SplitResult split, CommandContext context)
    {
        if (split.Amount.MinorUnits == 0)
        {
            return null;
        }

        var rejection = draft.Add(
            "payer_account_id", payer, Direction.Debit, split.Amount, PostingReason.PurchaseCharge);
        foreach (var line in split.Lines.Where(line => line.Amount.MinorUnits > 0))
        {
            rejection ??= DraftLine(draft, line, context);
        }

        return rejection;
    }

    private static Rejection? DraftLine(PostingDraft draft, SplitLine line, CommandContext context)
    {
        const string field = "agreement.account_id";
        var existing = context.State.Accounts.Find(line.AccountId);
        if (existing is not null && AccountChecks.Currency(field, existing, line.Amount) is { } mismatch)
        {
            return mismatch;
        }

        var account = existing?.Account ?? RevenueAccounts.New(line.OrganizationId, line.Amount, context);
        draft.EnsureOpen(account);
        return draft.Add(field, account, Direction.Credit, line.Amount, PostingReason.PurchaseShare);
    }

    private static void Grant(Purchase body, Offer offer, SplitResult split, CommandContext context)
    {
        var now = context.OrderedAtMicros;
        var terms = offer.Details.Terms;
        var licence = new Licence
        {
            LicenceId = body.PurchaseId,
            WorkId = body.WorkId,
            Holder = new LicenceHolder(body.LearnerPseudonym, null),
            Terms = terms,
            ValidFromMicros = now,
            ValidUntilMicros = terms.PeriodDays == 0 ? null : now + (terms.PeriodDays * OrderTime.MicrosPerDay),
            PurchaseId = body.PurchaseId,
            GrantedAtSequence = context.Sequence,
        };
        context.State.Purchases.Add(new PurchaseRecord
        {
            PurchaseId = body.PurchaseId,
            LearnerPseudonym = body.LearnerPseudonym,
            WorkId = body.WorkId,
            OfferId = body.OfferId,
            Split = split,
            Sequence = context.Sequence,
            PurchasedAtMicros = now,
        });
        context.Record(new PurchaseMade(body.PurchaseId, body.WorkId, body.OfferId, body.PayerAccountId, split));
        context.State.Licences.Add(licence);
        context.Record(new LicenceGranted(licence));
    }
}
