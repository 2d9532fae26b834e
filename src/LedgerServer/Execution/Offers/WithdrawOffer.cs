namespace KpGrpc.LedgerServer.Execution.Offers;

/// <summary>Closes an offer; licences sold stay. By who published it.</summary>
/// <param name="OfferId">The offer.</param>
internal sealed record WithdrawOffer(string OfferId) : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.WithdrawOffer;
}
