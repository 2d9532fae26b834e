namespace KpGrpc.Perf.Harness.Measuring;

/// <summary>Xorshift64*: random numbers that cost less than what is measured. Not for secrets, not thread-safe.</summary>
/// <param name="seed">Any number.</param>
public sealed class FastRandom(ulong seed)
{
    private ulong state = (seed * 0x9E3779B97F4A7C15) | 1;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return state * 0x2545F4914F6CDD1D;
    }

    /// <summary>A number from 0, below 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));
}
