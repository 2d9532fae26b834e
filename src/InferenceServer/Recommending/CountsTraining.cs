using System.Collections.Frozen;
using System.Globalization;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Events.Erasing;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.ServiceDefaults.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>
/// Trains the counts model from the event log in the background and swaps the new version in; requests go on with the
/// old one meanwhile. Ready when there is a model, or nothing to train on.
/// </summary>
internal sealed partial class CountsTraining(
    EventLog log, EventRecorder recorder, LearnerEraser eraser, IOptions<CountsOptions> counts, IOptions<TrainingOptions> options, TimeProvider time, ILogger<CountsTraining> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private volatile TrainedCounts current = TrainedCounts.Empty(counts.Value);
    private volatile bool ready;

    /// <summary>The version that serves now.</summary>
    public TrainedCounts Current => current;

    /// <summary>True when a model serves, or there was nothing to train on.</summary>
    public bool IsReady => ready;

    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the counts model is being trained"));

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the server listens while the first training runs
        var erased = eraser.Finished;
        if (!log.IsEmpty)
        {
            await TrainAsync(stoppingToken);
        }

        ready = true;
        var (seen, seenAt) = (recorder.Recorded, time.GetTimestamp());
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = recorder.Recorded;
            if (now != seen)
            {
                (seen, seenAt) = (now, time.GetTimestamp());
            }

            var erasedNow = eraser.Finished;
            if (erasedNow != erased || IsDue(now - current.Events, time.GetElapsedTime(seenAt)))
            {
                erased = erasedNow; // what was counted with an erased learner goes at once
                await TrainAsync(stoppingToken);
            }
        }
    }

    private bool IsDue(long newEvents, TimeSpan quiet)
    {
        var age = time.GetUtcNow().ToUnixTimeMilliseconds() - current.TrainedAt;
        return (newEvents >= options.Value.NewEvents && quiet >= options.Value.Quiet)
            || (newEvents > 0 && current.TrainedAt > 0 && age >= options.Value.Interval.TotalMilliseconds)
            || (newEvents > 0 && current.TrainedAt == 0 && quiet >= options.Value.Quiet);
    }

    private async Task TrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            current = await BackgroundThread.RunAsync("counts training", () => Train(cancellationToken));
            Log.Trained(logger, current.Version, current.Model.Interactions, current.Learners, current.WorkIds.Count);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            Log.Failed(logger, failure); // the old version goes on serving
            current = current with { Events = recorder.Recorded, TrainedAt = time.GetUtcNow().ToUnixTimeMilliseconds() };
        }
    }

    private TrainedCounts Train(CancellationToken cancellationToken)
    {
        var events = recorder.Recorded; // before reading: later events are new for the next training
        var interactions = Gather(cancellationToken);
        var ids = interactions.Works.Keys.Order(StringComparer.Ordinal).ToArray();
        var indices = ids.Select((id, index) => (id, index)).ToFrozenDictionary(pair => pair.id, pair => pair.index, StringComparer.Ordinal);
        var byFirst = new int[ids.Length];
        foreach (var (id, first) in interactions.Works)
        {
            byFirst[first] = indices[id];
        }

        var histories = interactions.Sequences.Select(sequence => Sequence(sequence, byFirst)).ToArray();
        var model = CountsTrainer.Train(histories, ids.Length, counts.Value, cancellationToken);
        var now = time.GetUtcNow();
        return new TrainedCounts(
            model, ids, indices, now.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture), histories.Length, events, now.ToUnixTimeMilliseconds());
    }

    /// <summary>A work counts once a learner, where she first turned to it.</summary>
    private static int[] Sequence(List<(long Time, int Work)> entries, int[] byFirst)
    {
        var seen = new HashSet<int>();
        return [.. entries.OrderBy(entry => entry.Time).Where(entry => seen.Add(entry.Work)).Select(entry => byFirst[entry.Work])];
    }

    private (Dictionary<string, int> Works, IEnumerable<List<(long Time, int Work)>> Sequences) Gather(CancellationToken cancellationToken)
    {
        var works = new Dictionary<string, int>();
        var learners = new Dictionary<string, List<(long Time, int Work)>>();
        var skip = recorder.Recorded - options.Value.InteractionsMax; // the oldest are left out
        foreach (var (entry, _) in log.Read(EventLog.Start))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (skip-- > 0 || !Interest.IsInterest(entry.Kind, entry.Value))
            {
                continue;
            }

            if (!works.TryGetValue(entry.WorkId, out var work))
            {
                works.Add(entry.WorkId, work = works.Count);
            }

            if (!learners.TryGetValue(entry.LearnerId, out var sequence))
            {
                learners.Add(entry.LearnerId, sequence = []);
            }

            sequence.Add((entry.UnixMilliseconds, work));
        }

        return (works, learners.Values);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Counts model {Version} serves: {Interactions} interactions of {Learners} learners with {Works} works")]
        public static partial void Trained(ILogger logger, string version, long interactions, int learners, int works);

        [LoggerMessage(2, LogLevel.Error, "The counts model could not be trained; the version before goes on serving")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
