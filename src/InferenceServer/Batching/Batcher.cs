using KpGrpc.InferenceServer.Storage;
using KpGrpc.InferenceServer.Telemetry;

namespace KpGrpc.InferenceServer.Batching;

/// <summary>
/// Gathers single requests to one version of a model into batches. Each request goes to the instance with the least work;
/// each instance has a queue and a thread of its own. Safe from any thread. Who makes it disposes it, which drains it.
/// </summary>
internal sealed class Batcher<TIn, TOut> : IAsyncDisposable
{
    private readonly string name;
    private readonly BatchingOptions options;
    private readonly ModelTelemetry telemetry;
    private readonly TimeProvider time;
    private readonly IBatchRunner<TIn, TOut> first;
    private readonly BatchWorker<TIn, TOut>[] workers;
    private int closed;

    /// <summary>Starts the instances.</summary>
    /// <param name="name">Model and version, for messages and thread names.</param>
    /// <param name="runners">One an instance, at least one; owned from here on.</param>
    /// <param name="options">The bounds of each instance.</param>
    /// <param name="telemetry">Where it records.</param>
    /// <param name="time">Clock of delays and deadlines.</param>
    public Batcher(string name, IReadOnlyList<IBatchRunner<TIn, TOut>> runners, BatchingOptions options, ModelTelemetry telemetry, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfZero(runners.Count, nameof(runners));
        (this.name, this.options, this.telemetry, this.time, first) = (name, options, telemetry, time, runners[0]);
        workers = [.. runners.Select((runner, index) => new BatchWorker<TIn, TOut>($"{name}#{index}", runner, options, telemetry, time))];
    }

    /// <summary>Number of instances.</summary>
    public int Instances => workers.Length;

    /// <summary>Has one request computed with whatever company it finds.</summary>
    /// <param name="input">The request, ready for the model.</param>
    /// <param name="priority">Who goes first.</param>
    /// <param name="deadline">After it nothing is computed; <see cref="DateTimeOffset.MaxValue"/> for none.</param>
    /// <param name="cancellationToken">Lets the caller go; a request that is not yet computed is dropped.</param>
    /// <exception cref="OverloadedException">Every instance's queue is full; thrown at once.</exception>
    /// <exception cref="ModelUnavailableException">The version is being unloaded.</exception>
    /// <exception cref="DeadlinePassedException">The deadline passed before the computing.</exception>
    /// <exception cref="ArgumentException">The model can never take this input.</exception>
    public Task<BatchReply<TOut>> SubmitAsync(TIn input, Priority priority, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var remaining = deadline == DateTimeOffset.MaxValue ? TimeSpan.MaxValue : deadline - time.GetUtcNow();
        if (remaining <= TimeSpan.Zero)
        {
            telemetry.Rejected("deadline");
            throw new DeadlinePassedException("the deadline had passed when the request came; nothing was computed");
        }

        var request = Place(input, first.LengthOf(input), priority, remaining);
        return cancellationToken.CanBeCanceled ? WatchAsync(request, cancellationToken) : request.Task;
    }

    /// <summary>Has a request computed by every instance, for warming up.</summary>
    public async Task<IReadOnlyList<BatchReply<TOut>>> SubmitToEachAsync(TIn input, CancellationToken cancellationToken)
    {
        var length = first.LengthOf(input);
        var replies = new List<BatchReply<TOut>>();
        foreach (var worker in workers)
        {
            var request = worker.TrySubmit(input, length, Priority.Bulk, TimeSpan.MaxValue) ?? throw Refused();
            replies.Add(await WatchAsync(request, cancellationToken));
        }

        return replies;
    }

    /// <summary>Takes no more requests, computes those that wait, and disposes the runners.</summary>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref closed, 1);
        await Task.WhenAll(workers.Select(worker => worker.DisposeAsync().AsTask()));
    }

    private static async Task<BatchReply<TOut>> WatchAsync(WaitingRequest<TIn, TOut> request, CancellationToken cancellationToken)
    {
        await using var watch = cancellationToken.UnsafeRegister(
            static (state, token) => ((WaitingRequest<TIn, TOut>)state!).Cancel(token), request);
        return await request.Task;
    }

    private WaitingRequest<TIn, TOut> Place(TIn input, int length, Priority priority, TimeSpan remaining)
    {
        var best = workers[0];
        foreach (var worker in workers)
        {
            best = worker.Load < best.Load ? worker : best;
        }

        var placed = best.TrySubmit(input, length, priority, remaining);
        for (var next = 0; placed is null && next < workers.Length; next++)
        {
            placed = workers[next].TrySubmit(input, length, priority, remaining);
        }

        return placed ?? throw Refused();
    }

    private Exception Refused()
    {
        if (Volatile.Read(ref closed) != 0)
        {
            telemetry.Rejected("draining");
            return new ModelUnavailableException($"{name} is being unloaded; ask again");
        }

        telemetry.Rejected("overload");
        return new OverloadedException($"{options.QueueMax} requests wait for each of the {workers.Length} instances of {name} (Batching:QueueMax); ask again later");
    }
}
