using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Features;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Models.Propensity.Learners;

/// <summary>Learners at moments of the past whose horizon has passed, with what became of them.</summary>
/// <param name="Features">One row a learner and moment.</param>
/// <param name="Labels">Whether it happened within the horizon.</param>
/// <param name="Learners">Learner of each row: the rows of one learner must not be on both sides of a split.</param>
/// <param name="Moments">Moments that rows were taken at.</param>
internal sealed record LearnerSample(FeatureMatrix Features, bool[] Labels, int[] Learners, int Moments)
{
    private const int MomentsMax = 12;
    private const int RowsMax = 500_000;

    /// <summary>
    /// Looks back from the last event: one horizon before it, two, and so on, and takes every learner who acted within
    /// <paramref name="lookback"/> before the moment; who has been gone for longer cannot leave. Spans in which nobody
    /// acted are passed over: they say nothing of learners.
    /// </summary>
    /// <param name="histories">Each learner's events in time order.</param>
    /// <param name="kind">What is predicted.</param>
    /// <param name="horizon">How far ahead, above 0.</param>
    /// <param name="lookback">How lately a learner must have acted, above 0.</param>
    /// <exception cref="ImportException">The events do not reach far enough back, or a class has too few rows.</exception>
    public static LearnerSample Of(IReadOnlyList<HistoryEntry[]> histories, RiskKind kind, TimeSpan horizon, TimeSpan lookback)
    {
        long[] acts = [.. histories.SelectMany(history => history).Where(entry => LearnerFeatures.IsAct(entry.Kind)).Select(entry => entry.UnixMilliseconds).Order()];
        var (ahead, behind) = ((long)horizon.TotalMilliseconds, (long)lookback.TotalMilliseconds);
        var (rows, labels, learners) = (new List<float[]>(), new List<bool>(), new List<int>());
        var moments = 0;
        foreach (var at in acts.Length > 0 ? MomentsOf(acts, ahead, behind) : [])
        {
            moments++;
            for (var learner = 0; learner < histories.Count && rows.Count < RowsMax; learner++)
            {
                var history = histories[learner];
                var past = CountBefore(history, at, entry => entry.UnixMilliseconds);
                var recent = CountBefore(history, at - behind, entry => entry.UnixMilliseconds);
                if (history.AsSpan(recent..past).ToArray().Any(entry => LearnerFeatures.IsAct(entry.Kind)))
                {
                    rows.Add(LearnerFeatures.Of(new ArraySegment<HistoryEntry>(history, 0, past), at));
                    labels.Add(Happened(history.Skip(past).TakeWhile(entry => entry.UnixMilliseconds < at + ahead), kind));
                    learners.Add(learner);
                }
            }
        }

        return Checked(rows, labels, learners, moments, kind, horizon);
    }

    private static IEnumerable<long> MomentsOf(long[] acts, long ahead, long behind)
    {
        var at = acts[^1] + 1 - ahead;
        for (var moments = 0; moments < MomentsMax && at > acts[0]; moments++)
        {
            var latest = acts[CountBefore(acts, at, time => time) - 1];
            if (latest < at - behind)
            {
                at = latest + 1 - ahead; // as if the data had ended before the silence
                moments--;
                continue;
            }

            yield return at;
            at -= ahead;
        }
    }

    private static LearnerSample Checked(List<float[]> rows, List<bool> labels, List<int> learners, int moments, RiskKind kind, TimeSpan horizon)
    {
        var positives = labels.Count(label => label);
        var people = learners.Distinct().Count();
        if (positives < LabelColumn.RowsMin || rows.Count - positives < LabelColumn.RowsMin || people < LabelColumn.RowsMin)
        {
            throw new ImportException(
                $"The events do not suffice for a model of {kind.ToString().ToLowerInvariant()} over {horizon}: they show {people} learners at {moments} moments, {positives} times with and {rows.Count - positives} times without it, and at least {LabelColumn.RowsMin} of each are needed. Record events for longer, or set a shorter --horizon.");
        }

        var features = new FeatureMatrix(LearnerFeatures.Names, rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            rows[row].CopyTo(features.Row(row));
        }

        features.Limit();
        return new LearnerSample(features, [.. labels], [.. learners], moments);
    }

    private static int CountBefore<T>(T[] sorted, long at, Func<T, long> time)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = time(sorted[middle]) < at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static bool Happened(IEnumerable<HistoryEntry> ahead, RiskKind kind) => kind == RiskKind.Churn
        ? !ahead.Any(entry => LearnerFeatures.IsAct(entry.Kind))
        : ahead.Any(entry => entry.Kind == EventKind.Purchase);
}
