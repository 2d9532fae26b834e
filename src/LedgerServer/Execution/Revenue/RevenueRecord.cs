namespace KpGrpc.LedgerServer.Execution.Revenue;

/// <summary>Recorded revenue; how it was split stands in the receipt.</summary>
/// <param name="RevenueId">Its id.</param>
/// <param name="Sequence">Sequence of the receipt.</param>
internal sealed record RevenueRecord(string RevenueId, ulong Sequence);
