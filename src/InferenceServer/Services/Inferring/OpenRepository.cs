using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Services.Models;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.Protos.Inference;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Inferring;

/// <summary>The model repository extension of the Open Inference Protocol: one repository, the registry's folder.</summary>
internal sealed class OpenRepository(ModelCatalog catalog, ModelRegistry registry, CountsTraining counts)
{
    private const string VersionParameter = "version";

    /// <summary>Lists versions by name, then version.</summary>
    public RepositoryIndexResponse Index(RepositoryIndexRequest request)
    {
        RequireOurs(request.RepositoryName);
        var entries = catalog.List()
            .Select(status => Entry(status.Name, status.Version, StateOf(status.State), status.Reason))
            .Append(Entry(ModelTranslation.CountsName, counts.Current.Version, counts.IsReady ? "READY" : "LOADING", ""));
        var answer = new RepositoryIndexResponse();
        answer.Models.AddRange(entries
            .Where(entry => !request.Ready || entry.State == "READY")
            .OrderBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => entry.Version, StringComparer.Ordinal));
        return answer;
    }

    /// <summary>Loads a version and has it serve.</summary>
    public async Task LoadAsync(RepositoryModelLoadRequest request, CancellationToken cancellationToken)
    {
        RequireOurs(request.RepositoryName);
        var version = VersionOf(request.ModelName, request.Parameters);
        RegistryErrors.Accept(await registry.LoadAsync(request.ModelName, version, new LoadWish()).WaitAsync(cancellationToken), $"{request.ModelName}/{version}");
    }

    /// <summary>Unloads a version, or all of a model.</summary>
    public async Task UnloadAsync(RepositoryModelUnloadRequest request, CancellationToken cancellationToken)
    {
        RequireOurs(request.RepositoryName);
        var version = VersionOf(request.ModelName, request.Parameters);
        var unloading = version.Length > 0 ? registry.UnloadAsync(request.ModelName, version) : registry.UnloadAllAsync(request.ModelName);
        RegistryErrors.Accept(await unloading.WaitAsync(cancellationToken), $"{request.ModelName}/{version}");
    }

    private static void RequireOurs(string repository)
    {
        if (repository.Length > 0)
        {
            throw RichErrors.NotFound("repository", repository, "there is one repository, whose name is empty");
        }
    }

    private static string VersionOf(string name, IReadOnlyDictionary<string, ModelRepositoryParameter> parameters)
    {
        var faults = new FieldViolations();
        faults.Require(CardRules.IsName(name), "model_name", CardRules.NameRule);
        foreach (var unknown in parameters.Keys.Where(key => key != VersionParameter))
        {
            faults.Add($"parameters[{unknown}]", $"is not known; {VersionParameter} is");
        }

        var version = parameters.TryGetValue(VersionParameter, out var sent) ? sent.StringParam : "";
        faults.Require(version.Length == 0 || CardRules.IsVersion(version), $"parameters[{VersionParameter}]", CardRules.VersionRule);
        faults.ThrowIfAny();
        return version;
    }

    private static RepositoryIndexResponse.Types.ModelIndex Entry(string name, string version, string state, string reason) =>
        new() { Name = name, Version = version, State = state, Reason = reason };

    private static string StateOf(VersionState state) => state switch
    {
        VersionState.Ready => "READY",
        VersionState.Loading => "LOADING",
        VersionState.Draining => "UNLOADING",
        _ => "UNAVAILABLE",
    };
}
