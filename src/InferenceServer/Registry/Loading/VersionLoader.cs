using System.Collections.Frozen;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Telemetry;
using KpGrpc.ServiceDefaults.Hosting;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Registry.Loading;

/// <summary>Takes a version from disk to readiness: verify the files, read them, warm every instance, check the golden set.</summary>
internal sealed class VersionLoader(
    IEnumerable<IModelLoader> loaders, IOptionsMonitor<BatchingOptions> batching, InferenceMetrics metrics, TimeProvider time)
{
    private readonly FrozenDictionary<string, IModelLoader> byKind = loaders.ToFrozenDictionary(loader => loader.Kind, StringComparer.Ordinal);

    /// <summary>Loads a version; nothing of it stays in memory where a check fails.</summary>
    /// <exception cref="ModelFaultException">A check failed; the message says which.</exception>
    public async Task<ServedVersion> LoadAsync(ModelFolder folder, LoadWish wish, CancellationToken cancellationToken)
    {
        var loader = byKind.GetValueOrDefault(folder.Card.Kind) ?? throw new ModelFaultException(
            $"{folder.Path} is of kind {folder.Card.Kind}, which this release does not read; it reads {string.Join(", ", byKind.Keys.Order(StringComparer.Ordinal))}");
        var options = batching.Get(folder.Card.Name);
        var telemetry = metrics.Of(folder.Card.Name, folder.Card.Version);
        var plan = new LoadPlan(wish.Instances > 0 ? wish.Instances : Math.Max(1, options.Instances), wish.Device, options, telemetry, time);

        // Reading computes for seconds, beside the version that answers.
        var model = await BackgroundThread.RunAsync($"load {folder.Card.Name}", () => Read(loader, folder, plan, cancellationToken));
        try
        {
            await CheckAsync(folder, model, cancellationToken);
            return new ServedVersion(folder, model, time.GetUtcNow());
        }
        catch
        {
            await model.DisposeAsync();
            throw;
        }
    }

    private static IServedModel Read(IModelLoader loader, ModelFolder folder, LoadPlan plan, CancellationToken cancellationToken)
    {
        folder.Verify(cancellationToken);
        try
        {
            return loader.Load(folder, plan);
        }
        catch (Exception failure) when (failure is not (ModelFaultException or OperationCanceledException))
        {
            throw new ModelFaultException($"{folder.Path} cannot be read into memory: {failure.Message}", failure);
        }
    }

    private static async Task CheckAsync(ModelFolder folder, IServedModel model, CancellationToken cancellationToken)
    {
        if (!folder.Card.Files.Any(file => file.Path == ModelFolder.GoldenFile))
        {
            return;
        }

        var golden = GoldenSet.Read(folder.FileOf(ModelFolder.GoldenFile), model.Signature);
        try
        {
            foreach (var request in golden.Cases)
            {
                await model.WarmAsync(request.Inputs, cancellationToken);
            }

            await golden.CheckAsync(model, cancellationToken);
        }
        catch (Exception failure) when (failure is not (ModelFaultException or OperationCanceledException))
        {
            throw new ModelFaultException($"{folder.Path} fails on its golden set: {failure.Message}", failure);
        }
    }
}
