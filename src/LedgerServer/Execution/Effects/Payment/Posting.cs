using KpGrpc.LedgerServer.Execution.Accounts;

namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>One line of double entry. All postings of a receipt balance per currency and state.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Direction">Side.</param>
/// <param name="Amount">1 to 2^63-1 minor units.</param>
/// <param name="State">Whether it moves money now.</param>
/// <param name="Reason">Why.</param>
/// <param name="HoldId">The hold that it belongs to; empty where none.</param>
internal sealed record Posting(
    string AccountId, Direction Direction, Money Amount, PostingState State, PostingReason Reason, string HoldId = "") : Effect;
