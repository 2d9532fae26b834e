using System.Numerics;

namespace KpGrpc.Perf.Harness.Measuring;

/// <summary>
/// Counts durations in buckets that are 1/32 of their value wide, so a quantile is at most 3 % too high. Recording is
/// wait-free from any thread.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int Buckets = (64 - SubBits) << SubBits;
    private readonly long[] counts = new long[Buckets];

    /// <summary>Durations recorded.</summary>
    public long Count => counts.Sum();

    /// <summary>Records a duration.</summary>
    /// <param name="microseconds">0 or more.</param>
    public void Record(long microseconds) => Interlocked.Increment(ref counts[BucketOf((ulong)Math.Max(microseconds, 0))]);

    /// <summary>The duration that a part of all recorded ones does not exceed, in milliseconds; 0 where there is none.</summary>
    /// <param name="part">0 to 1.</param>
    public double QuantileMs(double part)
    {
        var wanted = (long)Math.Ceiling(Count * part);
        var seen = 0L;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            seen += counts[bucket];
            if (seen >= wanted && seen > 0)
            {
                return UpperBound(bucket) / 1000.0;
            }
        }

        return 0;
    }

    private static int BucketOf(ulong value)
    {
        var shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount(value | 1) - SubBits);
        return (shift << SubBits) + (int)(value >> shift);
    }

    private static ulong UpperBound(int bucket)
    {
        var shift = Math.Max(0, (bucket >> SubBits) - 1);
        return (((ulong)bucket - ((ulong)shift << SubBits) + 1) << shift) - 1;
    }
}
