using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Demo.Story.Feeds;

/// <summary>How one feed differs from an earlier one.</summary>
internal static class FeedChange
{
    /// <summary>For each work of the later feed a word: new, up, down or the same.</summary>
    public static Dictionary<string, string> Between(IEnumerable<HomeItem> before, IEnumerable<HomeItem> after)
    {
        var places = before.ToDictionary(item => item.Work.WorkId, item => item.Rank);
        return after.ToDictionary(
            item => item.Work.WorkId,
            item => !places.TryGetValue(item.Work.WorkId, out var place) ? "new"
                : place == item.Rank ? "same"
                : place > item.Rank ? $"up from {place}"
                : $"down from {place}");
    }
}
