using KpGrpc.LedgerServer.Execution.Pools.Division;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>A pool's period in a snapshot, without its sums.</summary>
/// <param name="PoolId">The pool.</param>
/// <param name="PeriodId">The period.</param>
/// <param name="Paid">What was divided; 0 before the division, since the sums tell.</param>
/// <param name="Units">Usage that it was divided by; 0 before the division.</param>
/// <param name="Parts">Each work's part; null before the division.</param>
/// <param name="SettledParts">How many were paid.</param>
internal sealed record SavedPoolPeriod(
    string PoolId, string PeriodId, long Paid, ulong Units, IReadOnlyList<WorkPart>? Parts, int SettledParts);
