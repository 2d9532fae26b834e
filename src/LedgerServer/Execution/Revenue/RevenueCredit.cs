using KpGrpc.LedgerServer.Execution.Accounts;

namespace KpGrpc.LedgerServer.Execution.Revenue;

/// <summary>One credit that pays a part of divided revenue.</summary>
/// <param name="OrganizationId">Who earned the part.</param>
/// <param name="AccountId">Account that is credited; opened where it does not exist.</param>
/// <param name="Amount">Above 0.</param>
/// <param name="Reason">Why.</param>
/// <param name="DisputeId">Dispute that freezes it in escrow; empty where none.</param>
internal sealed record RevenueCredit(string OrganizationId, string AccountId, Money Amount, PostingReason Reason, string DisputeId = "");
