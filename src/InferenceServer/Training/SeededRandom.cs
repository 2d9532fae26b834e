using System.Numerics;

namespace KpGrpc.InferenceServer.Training;

/// <summary>
/// Random numbers as a pure function of a seed, a purpose and an index (xoshiro256** of Blackman and Vigna 2018, seeded by
/// SplitMix64): what a training draws in epoch 7 does not depend on how it got there, so a resumed training draws the same.
/// Not for secrets. Not thread-safe.
/// </summary>
internal sealed class SeededRandom
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    /// <summary>Starts the sequence of a seed, a purpose and an index.</summary>
    /// <param name="seed">The training's seed.</param>
    /// <param name="purpose">What the numbers are for: other purposes get other numbers.</param>
    /// <param name="index">Epoch, step or whatever counts.</param>
    public SeededRandom(ulong seed, string purpose, long index)
    {
        var state = SeedOf(seed, purpose, index);
        a = SplitMix(ref state);
        b = SplitMix(ref state);
        c = SplitMix(ref state);
        d = SplitMix(ref state);
    }

    /// <summary>One number for a generator that is not ours, such as libtorch's.</summary>
    public static ulong SeedOf(ulong seed, string purpose, long index)
    {
        var state = seed;
        foreach (var letter in purpose)
        {
            state = SplitMix(ref state) ^ letter;
        }

        state = SplitMix(ref state) ^ unchecked((ulong)index);
        return SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>A whole number in [0, bound), each as likely but for a bias below 2^-32.</summary>
    /// <param name="bound">At least 1.</param>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)Math.BigMul(Next(), (ulong)bound, out _);
    }

    /// <summary>A number in [0, 1).</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Puts the values into a random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var last = values.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state = unchecked(state + 0x9E3779B97F4A7C15);
        var mixed = state;
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return mixed ^ (mixed >> 31);
    }
}
