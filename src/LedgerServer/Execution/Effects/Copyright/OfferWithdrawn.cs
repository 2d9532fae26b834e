namespace KpGrpc.LedgerServer.Execution.Effects.Copyright;

/// <summary>An offer was closed.</summary>
/// <param name="OfferId">The offer.</param>
internal sealed record OfferWithdrawn(string OfferId) : Effect;
