using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;

namespace KpGrpc.InferenceServer.Models.Propensity.Learners;

/// <summary>Events as they were recorded to histories as they happened.</summary>
internal static class EventHistories
{
    /// <summary>Each learner's events by time, then event id; learners by identifier.</summary>
    public static List<HistoryEntry[]> Of(IEnumerable<LearnerEvent> events) =>
    [
        .. events.Select(entry => (entry.LearnerId, entry.EventId, Entry: new HistoryEntry(entry.WorkId, entry.Kind, entry.UnixMilliseconds, entry.Value)))
            .GroupBy(entry => entry.LearnerId).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.OrderBy(entry => entry.Entry.UnixMilliseconds).ThenBy(entry => entry.EventId).Select(entry => entry.Entry).ToArray()),
    ];
}
