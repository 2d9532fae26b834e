using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Import;

/// <summary>One row of a behaviour history.</summary>
/// <param name="LearnerId">As the file names the learner.</param>
/// <param name="WorkId">As the file names the work.</param>
/// <param name="Kind">What happened.</param>
/// <param name="UnixMilliseconds">When, in milliseconds since 1970-01-01T00:00:00Z; synthetic where the format has no time.</param>
/// <param name="Rating">0 to 1 for <see cref="EventKind.Rating"/>, else null.</param>
internal readonly record struct HistoryRow(string LearnerId, string WorkId, EventKind Kind, long UnixMilliseconds, double? Rating = null);
