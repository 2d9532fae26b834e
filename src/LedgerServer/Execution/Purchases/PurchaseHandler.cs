using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Offers;
using KpGrpc.LedgerServer.Execution.Revenue;

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
            ?? PurchaseChecks.CheckNotLicensed(body, offer!, context);
        if (rejection is not null)
        {
            return rejection;
        }

        var item = new RevenueItem(
            state.Works.Find(body.WorkId)!, RevenueKind.Sale, offer!.Details.Price, PostingReason.PurchaseShare);
        var draft = new PostingDraft(state.Accounts);
        rejection = RevenueDivision.Divide(item, state, context.OrderedAtMicros, out var divided)
            ?? PurchaseChecks.CheckParty(divided!.Agreement, context)
            ?? PurchaseChecks.CheckPeriod(offer, context.OrderedAtMicros)
            ?? DraftCharge(draft, payer!.Account, item.Amount)
            ?? divided.Draft(draft, context);
        if (rejection is not null)
        {
            return rejection;
        }

        draft.Commit(context, divided!.SourceOf(body.PurchaseId, body.WorkId));
        Grant(body, offer, divided.Split, context);
        return null;
    }

    private static Rejection? DraftCharge(PostingDraft draft, Account payer, Money price) =>
        price.MinorUnits == 0
            ? null
            : draft.Add("payer_account_id", payer, Direction.Debit, price, PostingReason.PurchaseCharge);

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
            GrantedByOrganizationId = context.Submitter,
            GrantedAtSequence = context.Sequence,
            HeldSinceSequence = context.Sequence,
        };
        context.State.Purchases.Add(new PurchaseRecord
        {
            PurchaseId = body.PurchaseId,
            LearnerPseudonym = body.LearnerPseudonym,
            WorkId = body.WorkId,
            OfferId = body.OfferId,
            PayerAccountId = body.PayerAccountId,
            PlatformOrganizationId = context.Submitter,
            Split = split,
            ReferrerOrganizationId = body.ReferrerOrganizationId,
            Sequence = context.Sequence,
            PurchasedAtMicros = now,
        });
        context.Record(new PurchaseMade(body.PurchaseId, body.WorkId, body.OfferId, body.PayerAccountId, split));
        context.State.Licences.Add(licence);
        context.Record(new LicenceGranted(licence));
    }
}
