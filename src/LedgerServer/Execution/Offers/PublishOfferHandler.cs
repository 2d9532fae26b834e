using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Offers;

/// <summary>
/// Order of checks: shape, price, currency, work known, submitter an owner or a platform that is a party of the work's
/// active agreement, times, id new.
/// </summary>
internal sealed class PublishOfferHandler()
    : CommandHandler<PublishOffer>(CommandKind.PublishOffer, RoleSet.Of(Role.Producer, Role.Platform))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(PublishOffer body, CommandContext context)
    {
        var offer = body.Offer;
        var work = context.State.Works.Find(offer.WorkId);
        var rejection = CheckShape(offer)
            ?? CheckPrice(offer.Price)
            ?? context.State.Currencies.Check("offer.price", offer.Price.CurrencyCode, offer.Price.Exponent)
            ?? WorkTable.CheckKnown("offer.work_id", work)
            ?? CheckMayOffer(work!, context)
            ?? CheckTimes(offer, context.OrderedAtMicros)
            ?? CheckNew(offer, context.State.Offers);
        if (rejection is not null)
        {
            return rejection;
        }

        context.State.Offers.Add(new Offer
        {
            Details = offer,
            PublishedByOrganizationId = context.Submitter,
            PublishedAtSequence = context.Sequence,
        });
        context.Record(new OfferPublished(offer.OfferId, offer.WorkId, offer.Price));
        return null;
    }

    private static Rejection? CheckShape(OfferDetails offer) =>
        Shape.Id("offer.work_id", offer.WorkId)
        ?? Shape.Id("offer.offer_id", offer.OfferId)
        ?? LicenceTermsShape.Check("offer.terms", offer.Terms)
        ?? Shape.Time("offer.valid_from", offer.ValidFromMicros)
        ?? Shape.Time("offer.valid_until", offer.ValidUntilMicros);

    private static Rejection? CheckPrice(Money price) =>
        price.MinorUnits >= 0
            ? null
            : Rejection.Because(
                RejectionReason.AmountInvalid, $"offer.price.minor_units: must not be negative; send 0 or more.");

    private static Rejection? CheckMayOffer(Work work, CommandContext context)
    {
        var isOwner = context.ActingRoles.Contains(Role.Producer)
            && work.Details.Owners.Any(o => string.Equals(o.OrganizationId, context.Submitter, StringComparison.Ordinal));
        if (isOwner)
        {
            return null;
        }

        var agreement = context.State.Agreements.FindActive(work, RevenueKind.Sale, context.OrderedAtMicros);
        var isPlatform = context.ActingRoles.Contains(Role.Platform)
            && agreement is not null
            && agreement.Terms.SplitOf(RevenueKind.Sale)!.Parties.Any(party => party.Role == Role.Platform
                && string.Equals(party.OrganizationId, context.Submitter, StringComparison.Ordinal));
        return isPlatform
            ? null
            : Rejection.Because(
                RejectionReason.NotAuthorized,
                $"offer.work_id: only an owner, or a platform that the work's active agreement names, may offer it.");
    }

    private static Rejection? CheckTimes(OfferDetails offer, long now) =>
        offer.ValidUntilMicros is null
        || (offer.ValidUntilMicros > now && (offer.ValidFromMicros is null || offer.ValidFromMicros < offer.ValidUntilMicros))
            ? null
            : Rejection.Because(
                RejectionReason.TimeInvalid,
                $"offer.valid_until: must be after valid_from and after the order's time; choose a later one.");

    private static Rejection? CheckNew(OfferDetails offer, OfferTable offers) =>
        offers.Find(offer.OfferId) is null
            ? null
            : Rejection.Because(
                RejectionReason.AlreadyExists, $"offer.offer_id: {offer.OfferId} was published before; choose another id.");
}
