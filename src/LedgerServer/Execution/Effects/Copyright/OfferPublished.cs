namespace KpGrpc.LedgerServer.Execution.Effects.Copyright;

/// <summary>An offer was opened.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="WorkId">The work.</param>
/// <param name="Price">Its price.</param>
internal sealed record OfferPublished(string OfferId, string WorkId, Money Price) : Effect;
