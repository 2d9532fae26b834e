using System.Numerics;

namespace KpGrpc.InferenceServer.Models.Content;

/// <summary>
/// How rare each feature is in the catalogue (inverse document frequency). Made for one size of the catalogue and then
/// left as it is, so that vectors stay comparable; made anew once the catalogue has doubled. Immutable.
/// </summary>
internal sealed class FeatureRarity
{
    private const int BitsMin = 16;
    private const int BitsMax = 22;
    private const int BucketsPerWork = 32;

    private readonly int bits;
    private readonly float[] rarity; // [1 << bits]

    private FeatureRarity(int bits, float[] rarity, int works)
    {
        this.bits = bits;
        this.rarity = rarity;
        Works = works;
    }

    /// <summary>Works that it was made from.</summary>
    public int Works { get; }

    /// <summary>Feature numbers lie below this.</summary>
    public int Buckets => rarity.Length;

    /// <summary>Counts the works in which each feature occurs.</summary>
    /// <param name="bags">The features of each work.</param>
    /// <param name="works">About how many works there are.</param>
    public static FeatureRarity Of(IEnumerable<FeatureBag> bags, int works)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, works) * BucketsPerWork), BitsMin, BitsMax);
        var counts = new float[1 << bits];
        var counted = 0;
        foreach (var bag in bags)
        {
            counted++;
            foreach (var hash in bag.Weights.Keys)
            {
                counts[Number(hash, bits)]++;
            }
        }

        for (var at = 0; at < counts.Length; at++)
        {
            counts[at] = MathF.Log(1 + ((counted + 1) / (counts[at] + 1)));
        }

        return new FeatureRarity(bits, counts, counted);
    }

    /// <summary>The vector of features: those that tell most, of unit length.</summary>
    public ContentVector Vector(FeatureBag bag, int featuresMax)
    {
        var weights = new Dictionary<int, float>();
        foreach (var (hash, weight) in bag.Weights)
        {
            var number = Number(hash, bits);
            weights[number] = weights.GetValueOrDefault(number) + weight;
        }

        var kept = weights.Select(entry => (Feature: entry.Key, Weight: MathF.Log(1 + entry.Value) * rarity[entry.Key]))
            .OrderByDescending(entry => entry.Weight).ThenBy(entry => entry.Feature).Take(featuresMax)
            .OrderBy(entry => entry.Feature).ToArray();
        return ContentVector.OfUnitLength([.. kept.Select(entry => entry.Feature)], [.. kept.Select(entry => entry.Weight)]);
    }

    private static int Number(ulong hash, int bits) => (int)((hash * 0x9E3779B97F4A7C15) >> (64 - bits));
}
