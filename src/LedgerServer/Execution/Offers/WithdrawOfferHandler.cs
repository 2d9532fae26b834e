using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Offers;

/// <summary>Order of checks: shape, offer known, submitter published it, not withdrawn.</summary>
internal sealed class WithdrawOfferHandler()
    : CommandHandler<WithdrawOffer>(CommandKind.WithdrawOffer, RoleSet.Of(Role.Producer, Role.Platform))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(WithdrawOffer body, CommandContext context)
    {
        var offers = context.State.Offers;
        var offer = offers.Find(body.OfferId);
        var rejection = Shape.Id("offer_id", body.OfferId) ?? Check(offer, context.Submitter);
        if (rejection is not null)
        {
            return rejection;
        }

        offers.Update(offer! with { WithdrawnAtSequence = context.Sequence });
        context.Record(new OfferWithdrawn(body.OfferId));
        return null;
    }

    private static Rejection? Check(Offer? offer, string submitter)
    {
        if (offer is null)
        {
            return Rejection.Because(RejectionReason.UnknownOffer, $"offer_id: no such offer on this ledger.");
        }

        if (!string.Equals(offer.PublishedByOrganizationId, submitter, StringComparison.Ordinal))
        {
            return Rejection.Because(
                RejectionReason.NotAuthorized, $"offer_id: only the organisation that published it may withdraw it.");
        }

        return offer.WithdrawnAtSequence is null
            ? null
            : Rejection.Because(RejectionReason.OfferClosed, $"offer_id: withdrawn already; nothing is to do.");
    }
}
