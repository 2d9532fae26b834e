using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Models.Propensity.Learners;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Learners;

public sealed class LearnerFeaturesTests
{
    private const long Day = 86_400_000;
    private const long Now = 20_000 * Day;

    [Fact]
    public void Of_SomeEvents_CountsThemByKindAndWindow()
    {
        var features = Of(Event(EventKind.View, 40), Event(EventKind.Play, 5, "a", 0.5), Event(EventKind.Exposure, 0.5), Event(EventKind.Purchase, 3, "b"));
        Assert.Equal(1, features["view.count"]);
        Assert.Equal(0, features["view.last_30_days"]);
        Assert.Equal(1, features["view.last_90_days"]);
        Assert.Equal(3, features["days_since_last_act"]);
        Assert.Equal(3, features["days_since_last_purchase"]);
        Assert.Equal(40, features["days_since_first_event"]);
        Assert.Equal(1, features["works_bought"]);
        Assert.Equal(1, features["unfinished_works"]);
        Assert.Equal(3, features["acts_by_day.active_steps"]);
    }

    [Fact]
    public void Of_NoEvents_HasAValueOrMissingForEveryName()
    {
        var features = Of();
        Assert.Equal(LearnerFeatures.Names.Count, features.Count);
        Assert.True(float.IsNaN(features["mean_rating"]));
    }

    [Fact]
    public void Of_MoreEventsThanAreKept_LooksAtTheNewest() =>
        Assert.Equal(LearnerFeatures.EventsMax, Of([.. Enumerable.Range(0, 3_000).Select(at => Event(EventKind.View, 100 - (at / 100.0)))])["view.count"]);

    private static HistoryEntry Event(EventKind kind, double daysAgo, string work = "w", double? value = null) => new(work, kind, Now - (long)(daysAgo * Day), value);

    private static Dictionary<string, float> Of(params HistoryEntry[] events) =>
        LearnerFeatures.Names.Zip(LearnerFeatures.Of([.. events.OrderBy(entry => entry.UnixMilliseconds)], Now)).ToDictionary(pair => pair.First, pair => pair.Second);
}
