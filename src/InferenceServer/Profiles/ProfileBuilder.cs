using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Profiles;

/// <summary>Computes a profile from a history: every event weighs by its kind and halves with the half-life; models add what they predict.</summary>
internal sealed class ProfileBuilder(WorkStore store, IRiskModels risks, IOptions<ProfileOptions> options)
{
    private const int TopMax = 20;
    private const int RecentMax = 50;
    private const int FieldsMax = 16;

    /// <summary>Computes the profile.</summary>
    /// <param name="learnerId">The learner.</param>
    /// <param name="history">Must have an entry.</param>
    /// <param name="now">The moment that predictions speak from.</param>
    public LearnerProfile Build(string learnerId, LearnerHistory history, DateTimeOffset now)
    {
        var entries = history.Entries;
        var last = entries[^1].UnixMilliseconds; // decay from the learner's own last event: shares do not depend on the clock
        var halfLife = options.Value.HalfLife.TotalMilliseconds;
        double Weight(HistoryEntry entry) =>
            Interest.Weight(entry.Kind, entry.Value) * Math.Pow(2, -(last - entry.UnixMilliseconds) / halfLife);

        var total = entries.Sum(Weight);
        var works = entries.Where(entry => entry.WorkId.Length > 0 && entry.Kind != EventKind.Exposure).GroupBy(entry => entry.WorkId)
            .Select(group => new WorkActivity(
                group.Key, group.Last().Kind, group.Last().UnixMilliseconds, ProgressOf(group), total > 0 ? group.Sum(Weight) / total : 0))
            .ToList();
        return new LearnerProfile(
            Fields(works),
            [.. works.Where(work => work.Weight > 0).OrderByDescending(work => work.Weight).ThenBy(work => work.WorkId, StringComparer.Ordinal).Take(TopMax)],
            [.. works.OrderByDescending(work => work.LastAt).ThenBy(work => work.WorkId, StringComparer.Ordinal).Take(RecentMax)],
            history.Counts,
            entries[0].UnixMilliseconds,
            last,
            risks.Churn(learnerId, history, now.ToUnixTimeMilliseconds()),
            risks.Conversion(learnerId, history, now.ToUnixTimeMilliseconds()));
    }

    private static double ProgressOf(IEnumerable<HistoryEntry> entries) =>
        entries.Max(entry => entry.Kind == EventKind.Complete ? 1 : entry.Kind == EventKind.Play ? entry.Value ?? 0 : 0);

    private List<(int Field, double Weight)> Fields(List<WorkActivity> works)
    {
        var catalog = store.Works;
        var fields = works.Where(work => work.Weight > 0 && catalog.ContainsKey(work.WorkId))
            .GroupBy(work => catalog[work.WorkId].Field)
            .Select(group => (Field: group.Key, Weight: group.Sum(work => work.Weight)))
            .OrderByDescending(entry => entry.Weight).ThenBy(entry => entry.Field).Take(FieldsMax).ToList();
        var sum = fields.Sum(entry => entry.Weight);
        return fields.ConvertAll(entry => (entry.Field, entry.Weight / sum));
    }
}
