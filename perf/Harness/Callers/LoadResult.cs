using KpGrpc.Perf.Harness.Measuring;

namespace KpGrpc.Perf.Harness.Callers;

/// <summary>What a load gave. Recording is safe from any thread.</summary>
public sealed class LoadResult
{
    private long answered;
    private long refused;
    private long cancelled;
    private long failed;

    /// <summary>Latencies of answered calls.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Times in the server's queue.</summary>
    public LatencyHistogram Queue { get; } = new();

    /// <summary>Computing of batches.</summary>
    public LatencyHistogram Compute { get; } = new();

    /// <summary>Length of the measurement.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Calls that were answered.</summary>
    public long Answered => Interlocked.Read(ref answered);

    /// <summary>Calls that were refused at once.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>Calls that were given up.</summary>
    public long Cancelled => Interlocked.Read(ref cancelled);

    /// <summary>Calls that failed.</summary>
    public long Failed => Interlocked.Read(ref failed);

    /// <summary>Answered calls a second.</summary>
    public double PerSecond => Answered / Elapsed.TotalSeconds;

    /// <summary>Records a call.</summary>
    public void Record(Outcome outcome, TimeSpan taken)
    {
        switch (outcome.Kind)
        {
            case OutcomeKind.Answered:
                Interlocked.Increment(ref answered);
                Latencies.Record((long)taken.TotalMicroseconds);
                if (!double.IsNaN(outcome.QueueMs))
                {
                    Queue.Record((long)(outcome.QueueMs * 1000));
                    Compute.Record((long)(outcome.ComputeMs * 1000));
                }

                break;
            case OutcomeKind.Refused:
                Interlocked.Increment(ref refused);
                break;
            case OutcomeKind.Cancelled:
                Interlocked.Increment(ref cancelled);
                break;
            default:
                Interlocked.Increment(ref failed);
                break;
        }
    }
}
