using KpGrpc.InferenceServer.Registry.Loading;
using KpGrpc.InferenceServer.Registry.Traffic;
using KpGrpc.InferenceServer.Storage;
using KpGrpc.InferenceServer.Telemetry;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>
/// Changes what serves: load beside, check, swap, drain. One change at a time; requests go on meanwhile. A change that has
/// begun is carried to its end, whoever waits for it.
/// </summary>
internal sealed partial class ModelRegistry(
    ModelCatalog catalog, VersionLoader loader, IOptions<RegistryOptions> options, InferenceMetrics metrics, ILogger<ModelRegistry> logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private int waiting;

    /// <summary>Loads a version beside the one in traffic, checks it, moves the traffic to it and drains the old ones.</summary>
    /// <param name="name">Model.</param>
    /// <param name="version">Version; empty for the newest published.</param>
    /// <param name="wish">How.</param>
    /// <exception cref="OverloadedException">Too many changes wait.</exception>
    public Task<RegistryOutcome> LoadAsync(string name, string version, LoadWish wish) => AloneAsync(async () =>
    {
        catalog.Rescan();
        if (catalog.Find(name) is not { } model || Pick(model, version) is not { } wanted)
        {
            return RegistryOutcome.Rejected(RegistryRejection.Unknown, $"no version {name}/{version} is published; ListModels names those that are");
        }

        if (wanted.Folder is null)
        {
            return RegistryOutcome.Rejected(RegistryRejection.ChecksFailed, wanted.Status(model.Split).Reason);
        }

        if (!wish.Force && !wish.WithoutTraffic && model.Split.Main != wanted.Version && GateCheck.Fault(wanted.Folder.Card, model.MainCard) is { } worse)
        {
            return Refuse(wanted, RegistryRejection.GateFailed, worse);
        }

        return wanted.Served is null && await BringInAsync(wanted, wish) is { } rejected
            ? rejected
            : await PromoteAsync(model, wanted, wish);
    });

    /// <summary>Drains a version and returns its memory.</summary>
    public Task<RegistryOutcome> UnloadAsync(string name, string version) => AloneAsync(async () =>
    {
        if (catalog.Find(name) is not { } model || model.Versions.GetValueOrDefault(version) is not { } leaving)
        {
            return RegistryOutcome.Rejected(RegistryRejection.Unknown, $"no version {name}/{version} is published; ListModels names those that are");
        }

        if (model.Split.PpmOf(version) > 0)
        {
            return RegistryOutcome.Rejected(RegistryRejection.HasTraffic, $"{name}/{version} has {model.Split.PpmOf(version)} ppm of the traffic; move it with SetTraffic first");
        }

        model.Split = new TrafficSplit(Shares(model.Split), [.. model.Split.Shadows.Where(shadow => shadow != version)]);
        await RetireAsync([leaving]);
        return RegistryOutcome.Done([leaving.Status(model.Split)]);
    });

    /// <summary>Takes all traffic from a model and unloads all its versions.</summary>
    public Task<RegistryOutcome> UnloadAllAsync(string name) => AloneAsync(async () =>
    {
        if (catalog.Find(name) is not { } model)
        {
            return RegistryOutcome.Rejected(RegistryRejection.Unknown, $"no version of {name} is published; ListModels names those that are");
        }

        model.Split = TrafficSplit.None;
        await RetireAsync([.. model.Loaded()]);
        return RegistryOutcome.Done([]);
    });

    /// <summary>Shares a model's traffic among ready versions. Versions that lose all of theirs stay in memory.</summary>
    /// <param name="name">Model.</param>
    /// <param name="shares">Versions with parts per million; the caller has checked the sum.</param>
    /// <param name="shadows">Ready versions that receive copies.</param>
    public Task<RegistryOutcome> SetTrafficAsync(string name, IReadOnlyList<(string Version, int Ppm)> shares, IReadOnlyList<string> shadows) => AloneAsync(() =>
    {
        if (catalog.Find(name) is not { } model)
        {
            return Task.FromResult(RegistryOutcome.Rejected(RegistryRejection.Unknown, $"no version of {name} is published; ListModels names those that are"));
        }

        foreach (var version in shares.Select(share => share.Version).Concat(shadows))
        {
            if (!model.Versions.TryGetValue(version, out var known))
            {
                return Task.FromResult(RegistryOutcome.Rejected(RegistryRejection.Unknown, $"no version {name}/{version} is published; ListModels names those that are"));
            }

            if (known.Served is null)
            {
                return Task.FromResult(RegistryOutcome.Rejected(RegistryRejection.NotReady, $"{name}/{version} is not ready; load it first, without_traffic"));
            }
        }

        model.Split = new TrafficSplit(shares, shadows);
        Log.Shared(logger, name, string.Join(", ", shares.Select(share => $"{share.Version} {share.Ppm} ppm")), string.Join(", ", shadows));
        return Task.FromResult(RegistryOutcome.Done([.. model.NewestFirst().Where(version => version.Served is not null).Select(version => version.Status(model.Split))]));
    });

    /// <summary>At the start: has the newest version of each model that passes its checks serve.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        catalog.Rescan();
        foreach (var model in catalog.Models)
        {
            foreach (var version in model.NewestFirst().Where(version => version.Folder is not null))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await BringInAsync(version, new LoadWish()) is null)
                {
                    await PromoteAsync(model, version, new LoadWish());
                    break;
                }
            }
        }

        return RegistryOutcome.Done([]);
    });

    /// <summary>Drains every version.</summary>
    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        foreach (var model in catalog.Models)
        {
            model.Split = TrafficSplit.None;
            await Task.WhenAll(model.Loaded().Select(version => version.RetireAsync()));
        }

        gate.Dispose();
    }

    private static IEnumerable<(string Version, int Ppm)> Shares(TrafficSplit split) => split.Versions.Select(version => (version, split.PpmOf(version)));

    private static KnownVersion? Pick(KnownModel model, string version) =>
        version.Length > 0 ? model.Versions.GetValueOrDefault(version) : model.NewestFirst().FirstOrDefault();

    private async Task<RegistryOutcome> AloneAsync(Func<Task<RegistryOutcome>> change)
    {
        if (Interlocked.Increment(ref waiting) > options.Value.WaitingMax)
        {
            Interlocked.Decrement(ref waiting);
            throw new OverloadedException($"{options.Value.WaitingMax} changes of models wait (Registry:WaitingMax); ask again when they are done");
        }

        await gate.WaitAsync();
        try
        {
            return await change();
        }
        finally
        {
            gate.Release();
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>Brings a version into memory; says why not where a check fails.</summary>
    private async Task<RegistryOutcome?> BringInAsync(KnownVersion version, LoadWish wish)
    {
        if (catalog.Models.Sum(model => model.Loaded().Count()) >= options.Value.LoadedMax)
        {
            return RegistryOutcome.Rejected(RegistryRejection.Full, $"{options.Value.LoadedMax} versions are in memory (Registry:LoadedMax); unload one first");
        }

        version.Mark(VersionState.Loading);
        try
        {
            var loaded = await loader.LoadAsync(version.Folder!, wish, CancellationToken.None);
            version.Serve(loaded);
            metrics.Of(version.Name, version.Version).Loaded("ready");
            Log.Ready(logger, version.Name, version.Version, loaded.Model.Device, loaded.Model.Instances);
            return null;
        }
        catch (ModelFaultException fault)
        {
            version.Mark(VersionState.Failed, fault.Message);
            return Refuse(version, RegistryRejection.ChecksFailed, fault.Message);
        }
        catch (Exception failure)
        {
            version.Mark(VersionState.Failed, failure.Message);
            throw;
        }
    }

    private RegistryOutcome Refuse(KnownVersion version, RegistryRejection rejection, string detail)
    {
        metrics.Of(version.Name, version.Version).Loaded(rejection == RegistryRejection.GateFailed ? "gate" : "checks");
        Log.Refused(logger, version.Name, version.Version, detail);
        return RegistryOutcome.Rejected(rejection, detail);
    }

    private async Task<RegistryOutcome> PromoteAsync(KnownModel model, KnownVersion version, LoadWish wish)
    {
        var before = model.Split.Main;
        if (wish.WithoutTraffic || before == version.Version)
        {
            return RegistryOutcome.Done([version.Status(model.Split)]);
        }

        var leaving = model.Loaded().Where(other => other != version && model.Split.PpmOf(other.Version) > 0).ToList();
        model.Split = new TrafficSplit([(version.Version, TrafficSplit.Whole)], [.. model.Split.Shadows.Where(shadow => shadow != version.Version)]);
        await RetireAsync(leaving);
        return RegistryOutcome.Done([version.Status(model.Split)], before);
    }

    private async Task RetireAsync(List<KnownVersion> leaving)
    {
        foreach (var version in leaving)
        {
            await version.RetireAsync();
            Log.Gone(logger, version.Name, version.Version);
        }

        if (leaving.Count > 0)
        {
            ReturnedMemory.Collect();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Model}/{Version} is ready on {Device} with {Instances} instances")]
        public static partial void Ready(ILogger logger, string model, string version, string device, int instances);

        [LoggerMessage(2, LogLevel.Warning, "{Model}/{Version} does not serve: {Reason}")]
        public static partial void Refused(ILogger logger, string model, string version, string reason);

        [LoggerMessage(3, LogLevel.Information, "{Model}/{Version} is out of memory")]
        public static partial void Gone(ILogger logger, string model, string version);

        [LoggerMessage(4, LogLevel.Information, "Traffic of {Model}: {Shares}; shadows: {Shadows}")]
        public static partial void Shared(ILogger logger, string model, string shares, string shadows);
    }
}
