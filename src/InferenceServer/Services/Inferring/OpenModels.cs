using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.ServiceDefaults.Errors;

namespace KpGrpc.InferenceServer.Services.Inferring;

/// <summary>Finds models by name and version: the registry's, and the counts model, which is trained in process.</summary>
internal sealed class OpenModels(ModelCatalog catalog, CountsTraining counts, CountsTensors countsTensors)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>A model that takes requests now.</summary>
    /// <exception cref="Grpc.Core.RpcException">NOT_FOUND for one that does not exist, UNAVAILABLE for one that is not ready.</exception>
    public OpenModel Find(string name, string version)
    {
        if (TryFind(name, version) is { } found)
        {
            return found;
        }

        var known = name == ModelTranslation.CountsName ? version.Length == 0 : catalog.Find(name) is { } model && (version.Length == 0 || model.Versions.ContainsKey(version));
        throw known
            ? RichErrors.Unavailable($"{name}/{version} is not ready; RepositoryIndex says why", RetryAfter)
            : RichErrors.NotFound("model", $"{name}/{version}", "no such model or version; RepositoryIndex names those that there are");
    }

    /// <summary>A model that takes requests now; null for none.</summary>
    public OpenModel? TryFind(string name, string version)
    {
        if (name == ModelTranslation.CountsName)
        {
            var current = counts.Current.Version;
            return counts.IsReady && (version.Length == 0 || version == current) ? new OpenModel(name, current, countsTensors, "counts", null) : null;
        }

        return catalog.TryLease(name, version.Length > 0 ? version : null) is { } lease
            ? new OpenModel(name, lease.Card.Version, lease.Model, lease.Card.Kind, lease)
            : null;
    }

    /// <summary>True where a model or version exists, ready or not.</summary>
    public bool Exists(string name, string version) => name == ModelTranslation.CountsName
        ? version.Length == 0 || version == counts.Current.Version
        : catalog.Find(name) is { } model && (version.Length == 0 || model.Versions.ContainsKey(version));

    /// <summary>Versions of a model that take requests now.</summary>
    public IReadOnlyList<string> ReadyVersions(string name) => name == ModelTranslation.CountsName
        ? [counts.Current.Version]
        : [.. (catalog.Find(name)?.Loaded() ?? []).Select(version => version.Version).Order(StringComparer.Ordinal)];
}
