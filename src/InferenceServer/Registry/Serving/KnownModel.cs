using System.Collections.Concurrent;
using KpGrpc.InferenceServer.Registry.Traffic;

namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>All versions of one model and how its traffic is shared. Written under the registry's gate, read from anywhere.</summary>
/// <param name="name">Model.</param>
internal sealed class KnownModel(string name)
{
    private volatile TrafficSplit split = TrafficSplit.None;

    /// <summary>The model's name.</summary>
    public string Name => name;

    /// <summary>Versions by name.</summary>
    public ConcurrentDictionary<string, KnownVersion> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>How traffic is shared; replaced as a whole.</summary>
    public TrafficSplit Split
    {
        get => split;
        set => split = value;
    }

    /// <summary>The card of the version with the most traffic; null for none.</summary>
    public ModelCard? MainCard => Split.Main is { } main ? Versions[main].Folder?.Card : null;

    /// <summary>Versions by falling time of publication; those without a readable card last.</summary>
    public IEnumerable<KnownVersion> NewestFirst() => Versions.Values
        .OrderByDescending(version => version.Folder?.Card.PublishedAt ?? DateTimeOffset.MinValue)
        .ThenByDescending(version => version.Version, StringComparer.Ordinal);

    /// <summary>Versions in memory.</summary>
    public IEnumerable<KnownVersion> Loaded() => Versions.Values.Where(version => version.Served is not null);
}
