using System.Collections.Concurrent;
using KpGrpc.InferenceServer.Registry.Traffic;

namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>
/// What versions there are, on disk and in memory, and which of them answers a request. Never blocks. Safe from any thread;
/// changes go through <see cref="ModelRegistry"/>.
/// </summary>
/// <param name="folders">Where versions lie.</param>
/// <param name="shadows">Where copies for shadow versions go.</param>
internal sealed class ModelCatalog(ModelFolders folders, ShadowQueue shadows)
{
    private readonly ConcurrentDictionary<string, KnownModel> models = new(StringComparer.Ordinal);
    private long turn; // for requests of nobody in particular

    /// <summary>Models by name.</summary>
    public IEnumerable<KnownModel> Models => models.Values.OrderBy(model => model.Name, StringComparer.Ordinal);

    /// <summary>A model, if a version of it was found.</summary>
    public KnownModel? Find(string name) => models.GetValueOrDefault(name);

    /// <summary>Looks for versions that were published since.</summary>
    public void Rescan()
    {
        foreach (var (name, version) in folders.List())
        {
            var model = models.GetOrAdd(name, static key => new KnownModel(key));
            model.Versions.GetOrAdd(version, static (key, owner) => new KnownVersion(owner, key), name).Read(folders);
        }
    }

    /// <summary>Every version, by name, then publication (newest first), then version.</summary>
    public IReadOnlyList<VersionStatus> List()
    {
        Rescan();
        return [.. Models.SelectMany(model => model.Versions.Values.Select(version => version.Status(model.Split)))
            .OrderBy(status => status.Name, StringComparer.Ordinal)
            .ThenByDescending(status => status.Folder?.Card.PublishedAt ?? DateTimeOffset.MinValue)
            .ThenBy(status => status.Version, StringComparer.Ordinal)];
    }

    /// <summary>The first model, by name, that does a task and has traffic; null for none.</summary>
    public string? NameFor(ModelTask task) => Models.FirstOrDefault(model => model.MainCard?.Task == task)?.Name;

    /// <summary>Finds the version that answers a request and keeps it in memory until the lease is disposed.</summary>
    /// <param name="name">Model.</param>
    /// <param name="version">Version; null for the one that traffic goes to.</param>
    /// <param name="key">Whom the request is for: one learner stays with one version. Null for nobody in particular.</param>
    /// <returns>Null where no such version is ready.</returns>
    public ModelLease? TryLease(string name, string? version = null, string? key = null)
    {
        if (!models.TryGetValue(name, out var model))
        {
            return null;
        }

        // A version that is retired between the choice and the lease has been replaced: choose again.
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var chosen = version ?? model.Split.VersionOf(key ?? $"#{Interlocked.Increment(ref turn)}");
            if (chosen is not null && model.Versions.GetValueOrDefault(chosen)?.Served?.TryLease() is { } lease)
            {
                return lease;
            }
        }

        return null;
    }

    /// <summary>Sends copies of a request to the model's shadow versions.</summary>
    public void Shadow(string name, ShadowCall call)
    {
        if (!models.TryGetValue(name, out var model) || model.Split.Shadows.Count == 0)
        {
            return;
        }

        foreach (var shadow in model.Split.Shadows)
        {
            if (model.Versions.GetValueOrDefault(shadow)?.Served?.TryLease() is { } lease)
            {
                shadows.Offer(lease, call);
            }
        }
    }
}
