using System.Threading.Channels;
using KpGrpc.InferenceServer.Events.Erasing;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Storage;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Events;

/// <summary>
/// The only writer of events. Portions wait in one bounded queue; the loop takes all that wait, makes them durable with
/// one sync, brings the histories up to the log's end, and only then answers. So an acknowledged event survives a
/// crash and is in the learner's next recommendation.
/// </summary>
internal sealed partial class EventRecorder : BackgroundService
{
    private const int GroupPortionsMax = 16;

    private readonly Channel<Portion> queue;
    private readonly EventLog log;
    private readonly LearnerHistories histories;
    private readonly StorageOptions options;
    private readonly RememberedIds ids;
    private readonly Erasures erasures;
    private readonly ILogger<EventRecorder> logger;
    private long applied;
    private long recorded;

    /// <summary>Reads the log once to remember its newest event ids.</summary>
    public EventRecorder(EventLog log, Erasures erasures, LearnerHistories histories, IOptions<StorageOptions> options, ILogger<EventRecorder> logger)
    {
        this.erasures = erasures;
        this.log = log;
        this.histories = histories;
        this.options = options.Value;
        this.logger = logger;
        queue = Channel.CreateBounded<Portion>(new BoundedChannelOptions(this.options.EventQueueMax) { SingleReader = true });
        ids = new RememberedIds(this.options.EventIdsMax);
        foreach (var (entry, _) in log.Read(EventLog.Start))
        {
            ids.Classify(entry);
            recorded++;
        }
    }

    /// <summary>Events in the log. Grows with every accepted event, and falls when a learner is erased.</summary>
    public long Recorded => Volatile.Read(ref recorded);

    /// <summary>Records events; returns one outcome an event, in order, once all of them are durable and in the histories.</summary>
    /// <exception cref="OverloadedException">The queue stayed full.</exception>
    /// <exception cref="CapacityException">The log has reached its bound.</exception>
    /// <exception cref="StoreUnavailableException">The disk or Redis did not answer; sending the same events again is safe.</exception>
    public Task<IReadOnlyList<EventOutcome>> RecordAsync(IReadOnlyList<LearnerEvent> events, CancellationToken cancellationToken) =>
        QueueAsync(new Portion(events, null), cancellationToken);

    /// <summary>Runs something while no event is being recorded: behind all that wait, before all that come.</summary>
    /// <exception cref="OverloadedException">The queue stayed full.</exception>
    /// <exception cref="StoreUnavailableException">The server is stopping, or as the errand says.</exception>
    public Task RunAloneAsync(Func<Task> errand, CancellationToken cancellationToken) => QueueAsync(new Portion([], errand), cancellationToken);

    /// <summary>Takes erased events out of the count.</summary>
    public void Forget(long events) => Interlocked.Add(ref recorded, -events);

    private async Task<IReadOnlyList<EventOutcome>> QueueAsync(Portion portion, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.EventQueueWait);
        try
        {
            await queue.Writer.WriteAsync(portion, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OverloadedException("events wait for the disk; the queue is full");
        }
        catch (ChannelClosedException failure)
        {
            throw new StoreUnavailableException("the server is stopping", failure);
        }

        return await portion.Done.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        applied = await histories.ReadMarkerAsync(log.Id) ?? EventLog.Start;
        if (applied > log.End)
        {
            Log.MarkerBeyondEnd(logger, applied, log.End);
            applied = EventLog.Start; // the log lost its end: positions from here on mean other events than the marker knew
        }

        if (applied < log.End)
        {
            await CatchUpAtStartAsync();
        }

        using var stop = stoppingToken.Register(() => queue.Writer.TryComplete());
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var group = new List<Portion>();
            Portion? alone = null;
            while (group.Count < GroupPortionsMax && alone is null && queue.Reader.TryRead(out var portion))
            {
                if (portion.Errand is null)
                {
                    group.Add(portion);
                }
                else
                {
                    alone = portion;
                }
            }

            await HandleAsync(group);
            await (alone?.RunAsync() ?? Task.CompletedTask);
        }
    }

    private async Task CatchUpAtStartAsync()
    {
        var from = applied;
        try
        {
            await ApplyAsync([]);
            Log.CaughtUp(logger, log.End - from);
        }
        catch (StoreUnavailableException failure)
        {
            Log.Behind(logger, failure); // the next portion tries again
        }
    }

    private EventOutcome Classify(LearnerEvent entry) => erasures.IsErased(entry.LearnerId) ? EventOutcome.Erased : ids.Classify(entry);

    private async Task HandleAsync(List<Portion> group)
    {
        var outcomes = group.ConvertAll(portion => portion.Events.Select(Classify).ToArray());
        var all = group.SelectMany(portion => portion.Events).Zip(outcomes.SelectMany(outcome => outcome)).ToList();
        var accepted = all.Where(pair => pair.Second == EventOutcome.Accepted).Select(pair => pair.First).ToList();
        try
        {
            if (accepted.Count > 0)
            {
                try
                {
                    log.Append(accepted);
                }
                catch
                {
                    ids.Forget(accepted.Count);
                    throw;
                }

                Interlocked.Add(ref recorded, accepted.Count);
                await ApplyAsync(accepted);
            }
            else if (applied < log.End)
            {
                await ApplyAsync([]);
            }

            for (var at = 0; at < group.Count; at++)
            {
                group[at].Done.TrySetResult(outcomes[at]);
            }
        }
        catch (Exception failure)
        {
            group.ForEach(portion => portion.Done.TrySetException(failure));
        }
    }

    /// <summary>Brings the histories to the log's end: from memory where only this group is missing, else from the log.</summary>
    private async Task ApplyAsync(List<LearnerEvent> newest)
    {
        var end = log.End;
        var bytes = newest.Sum(entry => entry.Body.Length + 8L);
        if (newest.Count > 0 && applied == end - bytes)
        {
            await histories.AddAsync(newest, log.Id, end);
            applied = end;
            return;
        }

        foreach (var chunk in log.Read(applied).Chunk(5_000))
        {
            await histories.AddAsync([.. chunk.Select(entry => entry.Event)], log.Id, chunk[^1].Next);
            applied = chunk[^1].Next;
        }

        if (applied < end)
        {
            await histories.AddAsync([], log.Id, end); // the last events of the log are erased ones
            applied = end;
        }
    }

    private sealed record Portion(IReadOnlyList<LearnerEvent> Events, Func<Task>? Errand)
    {
        public async Task RunAsync()
        {
            try
            {
                await Errand!();
                Done.TrySetResult([]);
            }
            catch (Exception failure)
            {
                Done.TrySetException(failure);
            }
        }

        public TaskCompletionSource<IReadOnlyList<EventOutcome>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Warning, "Histories were taken in up to {Marker}, but the event log ends at {End}; the whole log is taken in again")]
        public static partial void MarkerBeyondEnd(ILogger logger, long marker, long end);

        [LoggerMessage(1, LogLevel.Information, "Histories were behind the event log and took in {Bytes} bytes of it")]
        public static partial void CaughtUp(ILogger logger, long bytes);

        [LoggerMessage(2, LogLevel.Warning, "Histories are behind the event log and could not take it in yet")]
        public static partial void Behind(ILogger logger, Exception failure);
    }
}
