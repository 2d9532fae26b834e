namespace KpGrpc.LedgerServer.Execution.Holds.Foreign;

/// <summary>A hold that the other ledger placed.</summary>
/// <param name="HoldId">Its id there.</param>
/// <param name="AccountId">Account whose money it reserves there.</param>
/// <param name="Amount">How much.</param>
/// <param name="Expires">Whether it runs out by time.</param>
/// <param name="Foreign">The movement's other side, as that ledger sees it: this ledger; null where none.</param>
internal sealed record ForeignPlacing(string HoldId, string AccountId, Money Amount, bool Expires, ForeignLeg? Foreign);
