namespace KpGrpc.LedgerServer.Execution.Holds.Foreign;

/// <summary>A hold that the other ledger captured.</summary>
/// <param name="HoldId">Its id there.</param>
/// <param name="Amount">How much it captured.</param>
/// <param name="CreditedAccountId">Account that its posting between ledgers credited; empty where none.</param>
/// <param name="HasForeignProof">Whether it was captured with a receipt of the movement's other side.</param>
internal sealed record ForeignCapture(string HoldId, Money Amount, string CreditedAccountId, bool HasForeignProof);
