namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>What became of a command.</summary>
/// <param name="Entry">Its entry, accepted or rejected; null where nobody knows yet whether there is one.</param>
/// <param name="Replayed">Whether an earlier call brought it about.</param>
internal sealed record LedgerWrite(LedgerEntry? Entry, bool Replayed)
{
    /// <summary>The ledger did not answer in time: done or not done.</summary>
    public static LedgerWrite Unknown { get; } = new(null, false);
}
