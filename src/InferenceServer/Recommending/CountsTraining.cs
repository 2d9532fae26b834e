using System.Collections.Frozen;
using System.Globalization;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Events.Erasing;
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
    EventLog log, EventRecorder recorder, EventInteractions interactions, LearnerEraser eraser, IOptions<CountsOptions> counts, IOptions<TrainingOptions> options, TimeProvider time, ILogger<CountsTraining> logger)
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
        var set = interactions.Gather("events", cancellationToken);
        var ids = set.WorkIds.Order(StringComparer.Ordinal).ToArray();
        var indices = ids.Select((id, index) => (id, index)).ToFrozenDictionary(pair => pair.id, pair => pair.index, StringComparer.Ordinal);
        int[] byFirst = [.. set.WorkIds.Select(id => indices[id])];
        var histories = set.Sequences.Select(sequence => Array.ConvertAll(sequence, work => byFirst[work])).ToArray();
        var model = CountsTrainer.Train(histories, ids.Length, counts.Value, cancellationToken);
        var now = time.GetUtcNow();
        return new TrainedCounts(
            model, ids, indices, now.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture), histories.Length, events, now.ToUnixTimeMilliseconds());
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Counts model {Version} serves: {Interactions} interactions of {Learners} learners with {Works} works")]
        public static partial void Trained(ILogger logger, string version, long interactions, int learners, int works);

        [LoggerMessage(2, LogLevel.Error, "The counts model could not be trained; the version before goes on serving")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
