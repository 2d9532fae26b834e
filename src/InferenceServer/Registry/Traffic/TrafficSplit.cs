namespace KpGrpc.InferenceServer.Registry.Traffic;

/// <summary>
/// How one model's learners are shared among its versions. A learner stays with a version as long as the shares do, and when
/// a share grows only as many move as must, towards it: weighted rendezvous hashing. Immutable.
/// </summary>
/// <remarks>Source: Schindelhauer and Schomaker, "Weighted distributed hash tables", SPAA 2005 (the logarithmic method).</remarks>
internal sealed class TrafficSplit
{
    /// <summary>All of the traffic, in parts per million.</summary>
    public const int Whole = 1_000_000;

    private readonly (string Version, int Ppm, ulong Hash)[] shares;

    /// <summary>Takes shares that add up to <see cref="Whole"/>, or none at all.</summary>
    /// <param name="shares">Versions with their parts per million, each at least 1.</param>
    /// <param name="shadows">Versions that receive copies of all requests.</param>
    public TrafficSplit(IEnumerable<(string Version, int Ppm)> shares, IReadOnlyList<string> shadows)
    {
        this.shares = [.. shares.Select(share => (share.Version, share.Ppm, StableHash.Of(share.Version)))];
        Shadows = shadows;
    }

    /// <summary>No version has traffic.</summary>
    public static TrafficSplit None { get; } = new([], []);

    /// <summary>Versions that receive copies of all requests.</summary>
    public IReadOnlyList<string> Shadows { get; }

    /// <summary>Versions with traffic.</summary>
    public IEnumerable<string> Versions => shares.Select(share => share.Version);

    /// <summary>The version with the greatest share; null for none.</summary>
    public string? Main => shares.Length == 0 ? null : shares.MaxBy(share => share.Ppm).Version;

    /// <summary>Parts per million of a version; 0 for one that has none.</summary>
    public int PpmOf(string version) => shares.FirstOrDefault(share => share.Version == version).Ppm;

    /// <summary>The version of a learner; null where no version has traffic.</summary>
    /// <param name="key">The learner, or whatever shall stay with one version.</param>
    public string? VersionOf(string key)
    {
        if (shares.Length <= 1)
        {
            return Main;
        }

        var hash = StableHash.Of(key);
        return shares.MinBy(share => -Math.Log(StableHash.Unit(hash, share.Hash)) / share.Ppm).Version;
    }
}
