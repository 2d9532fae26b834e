using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Histories;

/// <summary>One event in a learner's online history.</summary>
/// <param name="WorkId">Work; empty for searches and declarations.</param>
/// <param name="Kind">What happened.</param>
/// <param name="UnixMilliseconds">When.</param>
/// <param name="Value">Rating or progress, 0 to 1; null where there is none.</param>
internal readonly record struct HistoryEntry(string WorkId, EventKind Kind, long UnixMilliseconds, double? Value);
