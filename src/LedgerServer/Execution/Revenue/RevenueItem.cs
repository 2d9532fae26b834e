using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Revenue;

/// <summary>One amount that a work earned and that is to be divided.</summary>
/// <param name="Work">The work.</param>
/// <param name="Kind">Which split of its agreement divides the amount.</param>
/// <param name="Amount">How much, 0 or more; with 0 there are lines but no credits.</param>
/// <param name="Reason">Reason of the credits of plain shares.</param>
internal sealed record RevenueItem(Work Work, RevenueKind Kind, Money Amount, PostingReason Reason);
