using System.Buffers.Binary;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Storage;
using KpGrpc.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Events.Erasing;

/// <summary>
/// Erases learners: refuses their events, removes their online state, overwrites their events in the log. Every step is
/// durable before the next, and what a crash interrupted goes on at the next start, or when the same request comes again.
/// </summary>
internal sealed partial class LearnerEraser(
    Erasures erasures,
    SharedErasures shared,
    EventLog log,
    EventRecorder recorder,
    LearnerHistories histories,
    IOptions<RedisOptions> redis,
    IOptions<StorageOptions> storage,
    TimeProvider time,
    ILogger<LearnerEraser> logger)
    : BackgroundService
{
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly HashSet<UInt128> begunHere = []; // their events are among those that the recorder counts
    private long finished;

    /// <summary>Erasures that this process finished: who trained on events before has to train again.</summary>
    public long Finished => Volatile.Read(ref finished);

    /// <summary>Told of every step; for tests that stop an erasure there.</summary>
    internal Action<ErasureStep> Observer { get; set; } = _ => { };

    /// <summary>Erases a learner, or goes on with it. Once begun it is not cancelled, only the wait for it is.</summary>
    /// <param name="key">Idempotency key, 16 bytes.</param>
    /// <param name="learnerId">Learner.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The erasure, the first one where the key is known; null when the key stands for another learner.</returns>
    /// <exception cref="StoreUnavailableException">Disk or Redis did not answer; asking again with the same key goes on.</exception>
    /// <exception cref="CapacityException">No more erasures can be remembered.</exception>
    public Task<Erasure?> EraseAsync(ReadOnlyMemory<byte> key, string learnerId, CancellationToken cancellationToken) =>
        EraseAsync(BinaryPrimitives.ReadUInt128BigEndian(key.Span), learnerId).WaitAsync(cancellationToken);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the server listens meanwhile
        var resume = erasures.All().Count > 0;
        using var timer = new PeriodicTimer(storage.Value.ErasurePoll, time);
        do
        {
            try
            {
                resume |= await TakeInAsync();
                if (resume)
                {
                    await ResumeAsync();
                    resume = false;
                }
            }
            catch (Exception failure) when (failure is StoreUnavailableException or CapacityException)
            {
                Log.Waiting(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        oneAtATime.Dispose();
        base.Dispose();
    }

    private async Task<Erasure?> EraseAsync(UInt128 key, string learnerId)
    {
        await oneAtATime.WaitAsync();
        try
        {
            var seal = erasures.SealOf(learnerId);
            var erasure = erasures.Find(key);
            if (erasure is not null && (erasure.Seal != seal || erasure.DoneAt is not null))
            {
                return erasure.Seal == seal ? erasure : null;
            }

            if (erasure is null)
            {
                await AloneAsync(() => erasures.Begin(key, seal));
                begunHere.Add(key);
                Observer(ErasureStep.Begun);
            }

            await shared.PublishAsync(key, seal);
            await EraseHistoryAsync(learnerId);
            Observer(ErasureStep.HistoryErased);
            Overwrite(key, [.. log.FindErased().Where(entry => entry.Event.LearnerId == learnerId).Select(entry => entry.Position)]);
            return erasures.Find(key);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Begins here what other replicas erase; true when there was any.</summary>
    private async Task<bool> TakeInAsync()
    {
        await oneAtATime.WaitAsync();
        try
        {
            var news = (await shared.ReadNewAsync()).Select(entry => (Key: KeyHere(entry.Key, entry.Seal), entry.Seal))
                .Where(entry => erasures.Find(entry.Key) is null).DistinctBy(entry => entry.Key).ToArray();
            foreach (var (key, seal) in news)
            {
                await AloneAsync(() => erasures.Begin(key, seal));
                begunHere.Add(key);
            }

            shared.MarkTaken();
            return news.Length > 0;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>The key of another replica's erasure, or another one where a client used the key here for somebody else: no erasure is lost to that.</summary>
    private UInt128 KeyHere(UInt128 key, UInt128 seal) => erasures.Find(key) is { } here && here.Seal != seal ? key ^ seal : key;

    /// <summary>Goes on with what was interrupted, and erases again what a restored backup brought back.</summary>
    private async Task ResumeAsync()
    {
        await oneAtATime.WaitAsync();
        try
        {
            var back = log.FindErased().ToLookup(entry => entry.Event.LearnerId, entry => entry.Position);
            var bySeal = back.ToDictionary(learner => erasures.SealOf(learner.Key));
            foreach (var erasure in erasures.All().DistinctBy(erasure => erasure.Seal).Where(erasure => bySeal.ContainsKey(erasure.Seal)))
            {
                var learner = bySeal[erasure.Seal];
                await EraseHistoryAsync(learner.Key);
                Overwrite(erasure.Key, [.. learner]);
                Log.Resumed(logger, learner.Count());
            }

            // Events overwritten before the crash named the learner last: what she had online went before that. Of an
            // erasure begun elsewhere nothing is here. One that has only begun waits for its request to come again.
            foreach (var erasure in erasures.All().Where(erasure => erasure.DoneAt is null && (erasure.Events is not null || shared.IsTaken(erasure.Seal))))
            {
                Overwrite(erasure.Key, []);
            }
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>
    /// Old commands stay in the embedded Redis' files until it reuses them. What it holds can be made anew from the event
    /// log, so the files go at the next start.
    /// </summary>
    private async Task EraseHistoryAsync(string learnerId)
    {
        await recorder.RunAloneAsync(() => histories.EraseAsync(learnerId), CancellationToken.None);
        if (redis.Value.ConnectionString.Length == 0)
        {
            EmbeddedRedisFiles.DiscardAtNextStart(redis.Value.EmbeddedDirectory);
        }
    }

    private void Overwrite(UInt128 key, long[] positions)
    {
        erasures.Found(key, log.Id, positions);
        Observer(ErasureStep.Found);
        log.Blank(erasures.Find(key)!.Positions);
        Observer(ErasureStep.Blanked);
        var erasure = erasures.Find(key)!;
        recorder.Forget(begunHere.Remove(key) ? erasure.Events ?? 0 : 0);
        erasures.Finish(key, erasure.Events ?? 0, erasure.DoneAt ?? time.GetUtcNow().ToUnixTimeMilliseconds());
        Interlocked.Increment(ref finished);
        Observer(ErasureStep.Finished);
    }

    private Task AloneAsync(Action action) => recorder.RunAloneAsync(
        () =>
        {
            action();
            return Task.CompletedTask;
        },
        CancellationToken.None);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Events} events of an erased learner were in the log; they are overwritten now")]
        public static partial void Resumed(ILogger logger, int events);

        [LoggerMessage(2, LogLevel.Warning, "An interrupted erasure goes on later")]
        public static partial void Waiting(ILogger logger, Exception failure);
    }
}
