using System.Globalization;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Models.Propensity.Features;

namespace KpGrpc.InferenceServer.Models.Propensity.Learners;

/// <summary>
/// Features of a learner at a moment, from nothing but the newest events before it: counts by kind and window, recency,
/// active days and their rhythm, trend, progress, distinct works, ratings and money spent. The same code serves training and
/// requests. Stateless and thread-safe.
/// </summary>
internal static class LearnerFeatures
{
    /// <summary>Newest events that are looked at.</summary>
    public const int EventsMax = 1_000;

    private const int Days = 56; // eight weeks, day by day
    private const double MillisecondsPerDay = 86_400_000;
    private const double NeverDays = 3_650; // of what has never happened
    private static readonly EventKind[] Kinds = Enum.GetValues<EventKind>();
    private static readonly int[] Windows = [1, 7, 30, 90];

    /// <summary>Names of the features in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Kinds.Select(kind => $"{Word(kind)}.count"),
        .. Kinds.SelectMany(kind => Windows.Select(days => string.Create(CultureInfo.InvariantCulture, $"{Word(kind)}.last_{days}_days"))),
        "days_since_first_event", "days_since_last_act", "days_since_last_purchase", "days_since_last_completion",
        "events_per_active_day", "works", "works_last_30_days", "works_completed", "works_bought", "mean_progress", "greatest_progress", "unfinished_works",
        "mean_rating", "lowest_rating", "acts_on_weekends", "acts_last_7_vs_30_days", "sessions_by_gap",
        .. SeriesFeatures.Names("acts_by_day", Days),
    ];

    /// <summary>True for what a learner does herself; being shown a work is no act.</summary>
    public static bool IsAct(EventKind kind) => kind is not (EventKind.Exposure or EventKind.Refund);

    /// <summary>Computes the features.</summary>
    /// <param name="events">Events in time order; those at or after <paramref name="at"/> must not be among them.</param>
    /// <param name="at">The moment, in Unix milliseconds.</param>
    /// <returns>One value a name; NaN where there is none.</returns>
    public static float[] Of(IReadOnlyList<HistoryEntry> events, long at)
    {
        HistoryEntry[] newest = [.. events.Skip(Math.Max(0, events.Count - EventsMax))];
        var features = new List<double>(Names.Count);
        features.AddRange(Kinds.Select(kind => (double)newest.Count(entry => entry.Kind == kind)));
        features.AddRange(Kinds.SelectMany(kind => Windows.Select(days => (double)newest.Count(entry => entry.Kind == kind && Age(entry, at) < days))));
        HistoryEntry[] acts = [.. newest.Where(entry => IsAct(entry.Kind))];
        AddTimes(features, newest, acts, at);
        AddWorks(features, acts, at);
        AddOpinions(features, newest);
        AddRhythm(features, acts, at);
        var result = new float[Names.Count];
        for (var index = 0; index < features.Count; index++)
        {
            result[index] = (float)features[index];
        }

        SeriesFeatures.Fill(ByDay(acts, at), result.AsSpan(features.Count));
        return result;
    }

    private static void AddTimes(List<double> features, HistoryEntry[] newest, HistoryEntry[] acts, long at)
    {
        features.Add(newest.Length > 0 ? Age(newest[0], at) : NeverDays);
        features.Add(acts.Length > 0 ? Age(acts[^1], at) : NeverDays);
        features.Add(Since(newest, EventKind.Purchase, at));
        features.Add(Since(newest, EventKind.Complete, at));
        var days = acts.Select(entry => Math.Floor(Age(entry, at))).Distinct().Count();
        features.Add(days > 0 ? (double)acts.Length / days : 0);
    }

    private static void AddWorks(List<double> features, HistoryEntry[] acts, long at)
    {
        var works = acts.Where(entry => entry.WorkId.Length > 0).GroupBy(entry => entry.WorkId).ToList();
        double[] progress = [.. works.Select(work => work.Max(entry => entry.Kind == EventKind.Complete ? 1 : entry.Kind == EventKind.Play ? entry.Value ?? 0 : 0))];
        features.Add(works.Count);
        features.Add(works.Count(work => Age(work.Last(), at) < 30));
        features.Add(progress.Count(value => value >= 1));
        features.Add(works.Count(work => work.Any(entry => entry.Kind == EventKind.Purchase)));
        features.Add(progress.Length > 0 ? progress.Average() : double.NaN);
        features.Add(progress.Length > 0 ? progress.Max() : double.NaN);
        features.Add(progress.Count(value => value is > 0 and < 1));
    }

    private static void AddOpinions(List<double> features, HistoryEntry[] newest)
    {
        double[] ratings = [.. newest.Where(entry => entry.Kind == EventKind.Rating && entry.Value is not null).Select(entry => entry.Value!.Value)];
        features.Add(ratings.Length > 0 ? ratings.Average() : double.NaN);
        features.Add(ratings.Length > 0 ? ratings.Min() : double.NaN);
    }

    private static void AddRhythm(List<double> features, HistoryEntry[] acts, long at)
    {
        const double sessionGap = 1800 * 1000; // half an hour, as web analytics count sessions
        var weekends = acts.Count(entry => DateTimeOffset.FromUnixTimeMilliseconds(entry.UnixMilliseconds).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        features.Add(acts.Length > 0 ? (double)weekends / acts.Length : double.NaN);
        var (week, month) = (acts.Count(entry => Age(entry, at) < 7), acts.Count(entry => Age(entry, at) < 30));
        features.Add(month > 0 ? week / 7.0 / (month / 30.0) : 0);
        features.Add(acts.Length == 0 ? 0 : 1 + acts.Zip(acts.Skip(1)).Count(pair => pair.Second.UnixMilliseconds - pair.First.UnixMilliseconds > sessionGap));
    }

    private static float[] ByDay(HistoryEntry[] acts, long at)
    {
        var days = new float[Days];
        foreach (var entry in acts)
        {
            var age = (int)Math.Floor(Age(entry, at));
            if (age is >= 0 and < Days)
            {
                days[Days - 1 - age]++;
            }
        }

        return days;
    }

    private static double Since(HistoryEntry[] events, EventKind kind, long at) =>
        events.Where(entry => entry.Kind == kind).Select(entry => Age(entry, at)).DefaultIfEmpty(NeverDays).Min();

    private static double Age(HistoryEntry entry, long at) => Math.Max(0, (at - entry.UnixMilliseconds) / MillisecondsPerDay);

    private static string Word(EventKind kind) => kind.ToString().ToLowerInvariant();
}
