namespace KpGrpc.LedgerServer.Execution.Offers;

/// <summary>Opens an offer. By an owner of the work, or a platform that the work's active agreement names.</summary>
/// <param name="Offer">What to offer.</param>
internal sealed record PublishOffer(OfferDetails Offer) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.PublishOffer;
}
