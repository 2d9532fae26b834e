using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Offers;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Purchases;

/// <summary>What a purchase must meet before its money is looked at.</summary>
internal static class PurchaseChecks
{
    /// <summary>Ranges of the fields.</summary>
    public static Rejection? CheckShape(Purchase body) =>
        Shape.Id("purchase_id", body.PurchaseId)
        ?? Shape.Pseudonym("learner_pseudonym", body.LearnerPseudonym)
        ?? Shape.Id("work_id", body.WorkId)
        ?? Shape.Id("offer_id", body.OfferId)
        ?? Shape.Id("payer_account_id", body.PayerAccountId)
        ?? Shape.OptionalId("referrer_organization_id", body.ReferrerOrganizationId);

    /// <summary>Id new, referrer known, work known, offer known and of the work, open, price the offer's.</summary>
    public static Rejection? CheckOffer(Purchase body, Offer? offer, CommandContext context) =>
        CheckNew(body, context)
        ?? (body.ReferrerOrganizationId.Length == 0
            ? null
            : context.State.Membership.CheckKnown("referrer_organization_id", body.ReferrerOrganizationId))
        ?? WorkTable.CheckKnown("work_id", context.State.Works.Find(body.WorkId))
        ?? CheckOfferKnown(body, offer)
        ?? CheckPrice(body, offer!, context.OrderedAtMicros);

    /// <summary>
    /// Payer account known, a wallet, the buyer's or the submitter's own, in the price's currency. A learner's wallet that
    /// a platform opened is charged by that platform only.
    /// </summary>
    public static Rejection? CheckPayer(Purchase body, AccountState? payer, CommandContext context) =>
        AccountChecks.Known("payer_account_id", payer)
        ?? AccountChecks.Kind("payer_account_id", payer!, AccountKind.Wallet)
        ?? CheckMayCharge(body, payer!.Account, context)
        ?? AccountChecks.Currency("payer_account_id", payer, body.ExpectedPrice);

    /// <summary>The buyer has no active licence of the work that covers what the offer grants.</summary>
    public static Rejection? CheckNotLicensed(Purchase body, Offer offer, CommandContext context)
    {
        var holder = new LicenceHolder(body.LearnerPseudonym, null);
        var licences = context.State.Licences.Active(holder, body.WorkId, context.OrderedAtMicros);
        return licences.Any(licence => licence.Covers(offer.Details.Terms))
            ? Rejection.Because(
                RejectionReason.AlreadyLicensed,
                $"learner_pseudonym, work_id: the learner has an active licence that covers the offer; nothing is to be bought.")
            : null;
    }

    /// <summary>The submitting platform has signed the agreement that covers the sale.</summary>
    public static Rejection? CheckParty(AgreementVersion agreement, CommandContext context) =>
        ProposalRules.IsParty(agreement.Terms, context.Submitter)
            ? null
            : Rejection.Because(
                RejectionReason.NotAParty,
                $"organization_id: {context.Submitter} is not a party of agreement {agreement.Terms.AgreementId}, which covers the sale; sign one first.");

    /// <summary>The licence's end can be shown.</summary>
    public static Rejection? CheckPeriod(Offer offer, long now) =>
        now + (offer.Details.Terms.PeriodDays * OrderTime.MicrosPerDay) <= OrderTime.MaxMicros
            ? null
            : Rejection.Because(
                RejectionReason.TimeInvalid, $"offer_id: the licence would end after the year 9999; shorten its period.");

    private static Rejection? CheckNew(Purchase body, CommandContext context) =>
        context.State.Purchases.Find(body.PurchaseId) is null && context.State.Licences.Find(body.PurchaseId) is null
            ? null
            : Rejection.Because(
                RejectionReason.AlreadyExists,
                $"purchase_id: a purchase or licence with this id exists; choose another id.");

    private static Rejection? CheckOfferKnown(Purchase body, Offer? offer) =>
        offer is not null && string.Equals(offer.Details.WorkId, body.WorkId, StringComparison.Ordinal)
            ? null
            : Rejection.Because(
                RejectionReason.UnknownOffer, $"offer_id: no such offer of this work; read the work's offers again.");

    private static Rejection? CheckPrice(Purchase body, Offer offer, long now)
    {
        if (!offer.IsOpenAt(now))
        {
            return Rejection.Because(
                RejectionReason.OfferClosed, $"offer_id: the offer is withdrawn or outside its time; choose an open one.");
        }

        return offer.Details.Price == body.ExpectedPrice
            ? null
            : Rejection.Because(
                RejectionReason.PriceMismatch,
                $"expected_price: the offer's price is {offer.Details.Price.MinorUnits} minor units of {offer.Details.Price.CurrencyCode}; show it to the buyer again.");
    }

    private static Rejection? CheckMayCharge(Purchase body, Account payer, CommandContext context)
    {
        var isOwn = string.Equals(payer.Owner.OrganizationId, context.Submitter, StringComparison.Ordinal);
        var isBuyers = string.Equals(payer.Owner.LearnerPseudonym, body.LearnerPseudonym, StringComparison.Ordinal);
        if (!isOwn && !isBuyers)
        {
            return Rejection.Because(
                RejectionReason.NotAuthorized,
                $"payer_account_id: must be a wallet of the buyer or of the submitting platform.");
        }

        var opener = context.State.Membership.FindOrganization(payer.OpenedByOrganizationId)!;
        var isAnothers = isBuyers
            && opener.Roles.Contains(Membership.Role.Platform)
            && !string.Equals(opener.OrganizationId, context.Submitter, StringComparison.Ordinal);
        return isAnothers
            ? Rejection.Because(
                RejectionReason.NotAuthorized,
                $"payer_account_id: another platform opened this wallet for the learner, and it alone may charge it.")
            : null;
    }
}
