using System.Threading.Channels;
using KpGrpc.InferenceServer.Telemetry;

namespace KpGrpc.InferenceServer.Batching;

/// <summary>One instance: a bounded queue, a thread, a runner. The thread waits only while nothing is to be computed.</summary>
internal sealed class BatchWorker<TIn, TOut> : IAsyncDisposable
{
    private readonly BatchingOptions options;
    private readonly ModelTelemetry telemetry;
    private readonly TimeProvider time;
    private readonly IBatchRunner<TIn, TOut> runner;
    private readonly BatchRun<TIn, TOut> run;
    private readonly BatchQueue<TIn, TOut> queue;
    private readonly Channel<WaitingRequest<TIn, TOut>> arrivals;
    private readonly ManualResetEventSlim signal = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer alarm;
    private readonly Thread thread; // started by the first request: whoever reads a model may be a thread that gives way, which its children inherit
    private readonly long start;
    private int started;
    private int waiting;
    private long load;

    /// <summary>Makes the instance.</summary>
    /// <param name="name">Name of the thread.</param>
    /// <param name="runner">The model; the worker owns it from here on.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="telemetry">Where it records.</param>
    /// <param name="time">Clock of delays and deadlines.</param>
    public BatchWorker(string name, IBatchRunner<TIn, TOut> runner, BatchingOptions options, ModelTelemetry telemetry, TimeProvider time)
    {
        (this.runner, this.options, this.telemetry, this.time) = (runner, options, telemetry, time);
        start = time.GetTimestamp();
        run = new BatchRun<TIn, TOut>(runner, telemetry, time, start);
        queue = new BatchQueue<TIn, TOut>(options) { Dropped = Drop };
        arrivals = Channel.CreateBounded<WaitingRequest<TIn, TOut>>(new BoundedChannelOptions(options.QueueMax) { SingleReader = true });
        alarm = time.CreateTimer(static state => ((ManualResetEventSlim)state!).Set(), signal, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        thread = new Thread(Work) { Name = name, IsBackground = true };
    }

    /// <summary>Tokens that wait or are being computed.</summary>
    public long Load => Interlocked.Read(ref load);

    /// <summary>Puts a request into the queue.</summary>
    /// <returns>Null where the queue is full or closed.</returns>
    public WaitingRequest<TIn, TOut>? TrySubmit(TIn input, int length, Priority priority, TimeSpan remaining)
    {
        if (Interlocked.Increment(ref waiting) > options.QueueMax)
        {
            Interlocked.Decrement(ref waiting);
            return null;
        }

        var now = time.GetElapsedTime(start);
        var deadline = remaining < TimeSpan.MaxValue - now ? now + remaining : TimeSpan.MaxValue;
        var request = new WaitingRequest<TIn, TOut>(input, length, priority, now, deadline);
        if (!arrivals.Writer.TryWrite(request))
        {
            Interlocked.Decrement(ref waiting);
            return null;
        }

        Interlocked.Add(ref load, length);
        telemetry.Waits(1);
        Start();
        signal.Set();
        return request;
    }

    /// <summary>Takes no more requests, computes those that wait, then disposes the runner on its own thread.</summary>
    public async ValueTask DisposeAsync()
    {
        arrivals.Writer.TryComplete();
        Start(); // one that had no request yet disposes its runner all the same
        signal.Set();
        await ended.Task;
        signal.Dispose();
    }

    private void Start()
    {
        if (Volatile.Read(ref started) == 0 && Interlocked.Exchange(ref started, 1) == 0)
        {
            thread.Start();
        }
    }

    private void Work()
    {
        try
        {
            while (WorkOnce())
            {
            }
        }
        catch (Exception failure)
        {
            arrivals.Writer.TryComplete(); // a fault of the queue itself: whoever waits is told, and nobody may come any more
            FailAll(failure);
        }
        finally
        {
            alarm.Dispose();
            runner.Dispose();
            ended.SetResult();
        }
    }

    private bool WorkOnce()
    {
        signal.Reset(); // before reading: an arrival after the last read sets it again
        while (arrivals.Reader.TryRead(out var request))
        {
            queue.Add(request);
        }

        var closed = arrivals.Reader.Completion.IsCompleted;
        var before = queue.Count;
        var batch = queue.TakeNext(time.GetElapsedTime(start), closed, out var askAgainAt);
        Left(before - queue.Count);
        if (batch is not null)
        {
            run.Compute(batch);
            foreach (var request in batch.Requests)
            {
                Interlocked.Add(ref load, -request.Length);
            }
        }
        else if (closed && queue.Count == 0)
        {
            return false;
        }
        else
        {
            Await(askAgainAt);
        }

        return true;
    }

    private void Await(TimeSpan until)
    {
        if (until != TimeSpan.MaxValue)
        {
            // Timers count whole milliseconds.
            var wait = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((until - time.GetElapsedTime(start)).TotalMilliseconds)));
            alarm.Change(wait, Timeout.InfiniteTimeSpan);
        }

        signal.Wait();
    }

    private void Left(int count)
    {
        if (count > 0)
        {
            Interlocked.Add(ref waiting, -count);
            telemetry.Waits(-count);
        }
    }

    private void Drop(WaitingRequest<TIn, TOut> request)
    {
        Interlocked.Add(ref load, -request.Length);
        telemetry.Rejected(request.IsOver ? "cancelled" : "deadline");
        request.Fail(new DeadlinePassedException("the deadline passed while the request waited; nothing was computed"));
    }

    private void FailAll(Exception failure)
    {
        while (arrivals.Reader.TryRead(out var request))
        {
            queue.Add(request);
        }

        foreach (var request in queue.TakeAll())
        {
            request.Fail(failure);
        }
    }
}
