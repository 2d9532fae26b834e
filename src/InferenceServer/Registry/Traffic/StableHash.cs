namespace KpGrpc.InferenceServer.Registry.Traffic;

/// <summary>
/// A hash that is the same in every process and release, so that a learner stays with her version. Not for secrets.
/// </summary>
/// <remarks>Sources: FNV-1a 64 (Fowler, Noll, Vo); the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).</remarks>
internal static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Hash of a text's UTF-16 code units.</summary>
    public static ulong Of(string text)
    {
        var hash = Offset;
        foreach (var unit in text)
        {
            hash = (hash ^ (byte)unit) * Prime;
            hash = (hash ^ (byte)(unit >> 8)) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>A number above 0 and up to 1 that two hashes give together.</summary>
    public static double Unit(ulong first, ulong second) => ((Mix(first ^ second) >> 11) + 1) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
