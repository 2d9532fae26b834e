namespace KpGrpc.Perf.Harness.Callers;

/// <summary>What came of one call.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="QueueMs">Milliseconds in the server's queue; NaN where it did not say.</param>
/// <param name="ComputeMs">Milliseconds of computing of its batch; NaN where it did not say.</param>
public readonly record struct Outcome(OutcomeKind Kind, double QueueMs = double.NaN, double ComputeMs = double.NaN);
