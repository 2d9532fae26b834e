using System.Security.Cryptography;
using System.Threading.Channels;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Serving;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>
/// Takes orders for trainings and evaluations, one of each at a time. An order's key names its work folder: the same order
/// again goes on from its checkpoint, or gives the version that it made. Safe from any thread.
/// </summary>
internal sealed class OrderDesk(
    IEnumerable<IModelTrainer> trainers, IEnumerable<IModelEvaluator> evaluators, ModelFolders folders, ModelCatalog catalog, IOptions<OrderOptions> options, TimeProvider time)
    : IDisposable
{
    private const string WorkPrefix = ".order-"; // no version starts with a point
    private const string DigestFile = "order.sha256";
    private const string VersionFile = "version";
    private const string EventsName = "events";

    private readonly SemaphoreSlim training = new(1);
    private readonly SemaphoreSlim evaluating = new(1);

    /// <summary>Trains, or goes on with a training.</summary>
    /// <param name="key">16 bytes.</param>
    /// <param name="body">The order without its key, in a form that is the same whenever the order is.</param>
    /// <param name="order">The order; version, data and work folder are filled in here.</param>
    /// <param name="report">Gets reports one after another, on the caller's flow.</param>
    /// <param name="cancellationToken">The caller goes: the training stops at its last checkpoint.</param>
    /// <returns>The published version.</returns>
    /// <exception cref="OrderException">The order cannot be taken.</exception>
    public async Task<ModelFolder> TrainAsync(
        ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> body, TrainingOrder order, Func<TrainingProgress, Task> report, CancellationToken cancellationToken)
    {
        var trainer = trainers.FirstOrDefault(one => one.Model == order.Model)
            ?? throw new OrderException(OrderFault.Unknown, order.Model, $"no model {order.Model} is trained here; {string.Join(", ", trainers.Select(one => one.Model))} are");
        foreach (var name in order.Options.Keys.Where(name => !trainer.Options.ContainsKey(name)))
        {
            throw new OrderException(OrderFault.Malformed, $"options[{name}]", $"is no option; there are {string.Join(", ", trainer.Options.Keys)}");
        }

        if (!await training.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            throw new OrderException(OrderFault.Busy, order.Model, "another training runs; ask again when it has ended");
        }

        try
        {
            var filled = Fill(order, key, body);
            return Directory.Exists(folders.PathOf(filled.Model, filled.Version)) && IsOurs(filled)
                ? folders.Open(filled.Model, filled.Version)
                : await RunAsync(trainer, filled, report, cancellationToken);
        }
        finally
        {
            training.Release();
        }
    }

    /// <summary>Measures a version.</summary>
    /// <param name="name">Model.</param>
    /// <param name="version">Version; empty for the one in traffic.</param>
    /// <param name="dataset">Data as the caller named it.</param>
    /// <param name="part">Part of it.</param>
    /// <param name="samplesMax">Samples at most; 0 for all.</param>
    /// <param name="cancellationToken">The caller goes.</param>
    /// <exception cref="OrderException">The order cannot be taken.</exception>
    public async Task<(ModelFolder Folder, EvaluationFigures Figures)> EvaluateAsync(
        string name, string version, string dataset, DataPart part, long samplesMax, CancellationToken cancellationToken)
    {
        var folder = FolderOf(name, version);
        var evaluator = evaluators.FirstOrDefault(one => one.Kind == folder.Card.Kind)
            ?? throw new OrderException(OrderFault.Unknown, name, $"versions of kind {folder.Card.Kind} are not measured here");
        var order = new EvaluationOrder(DataOf(dataset), part, samplesMax);
        if (!await evaluating.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            throw new OrderException(OrderFault.Busy, name, "another evaluation runs; ask again when it has ended");
        }

        try
        {
            return (folder, await OnOwnThreadAsync(() => evaluator.Evaluate(folder, order, cancellationToken), cancellationToken));
        }
        catch (Exception failure) when (IsOfTheData(failure))
        {
            throw new OrderException(OrderFault.Unfit, dataset, failure.Message);
        }
        finally
        {
            evaluating.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        training.Dispose();
        evaluating.Dispose();
    }

    private static Task<T> OnOwnThreadAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static bool IsOfTheData(Exception failure) => failure is TrainingException or ImportException or ModelFaultException;

    private static bool IsOurs(TrainingOrder order) => File.Exists(Path.Combine(order.WorkFolder, VersionFile));

    private async Task<ModelFolder> RunAsync(IModelTrainer trainer, TrainingOrder order, Func<TrainingProgress, Task> report, CancellationToken cancellationToken)
    {
        var reports = Channel.CreateBounded<TrainingProgress>(new BoundedChannelOptions(options.Value.ReportsMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = OnOwnThreadAsync(
            () =>
            {
                try
                {
                    return trainer.Train(order, new Relay(reports.Writer), stop.Token);
                }
                finally
                {
                    reports.Writer.TryComplete();
                }
            },
            CancellationToken.None);
        try
        {
            await foreach (var progress in reports.Reader.ReadAllAsync(CancellationToken.None))
            {
                await report(progress);
            }
        }
        catch
        {
            await stop.CancelAsync(); // the caller cannot be told any more
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        try
        {
            return await work;
        }
        catch (Exception failure) when (IsOfTheData(failure))
        {
            throw new OrderException(OrderFault.Unfit, order.DatasetName, failure.Message);
        }
    }

    private TrainingOrder Fill(TrainingOrder order, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> body)
    {
        if (order.BaseVersion is { } start && !Directory.Exists(folders.PathOf(order.Model, start)))
        {
            throw new OrderException(OrderFault.Unknown, $"{order.Model}/{start}", "no such version is published to start from");
        }

        var data = DataOf(order.Dataset ?? EventsName);
        var work = Path.Combine(folders.Root, order.Model, WorkPrefix + Convert.ToHexStringLower(key.Span));
        Directory.CreateDirectory(work);
        var digest = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        if (Remembered(Path.Combine(work, DigestFile), digest) != digest)
        {
            throw new OrderException(OrderFault.KeyTaken, order.Model, "idempotency_key was used for another order; make a new one for each");
        }

        var made = $"{time.GetUtcNow():yyyyMMdd-HHmmss}";
        var version = Remembered(Path.Combine(work, VersionFile), order.Version.Length > 0 ? order.Version : made);
        return order with { Version = version, Dataset = data, DatasetName = order.Dataset ?? EventsName, WorkFolder = work };
    }

    private static string Remembered(string file, string value)
    {
        if (!File.Exists(file))
        {
            File.WriteAllText(file, value);
        }

        return File.ReadAllText(file);
    }

    /// <summary>Full path of a data set; null for the server's own events.</summary>
    private string? DataOf(string dataset)
    {
        if (dataset.Length == 0 || dataset == EventsName)
        {
            return null;
        }

        var inside = !Path.IsPathRooted(dataset) && !dataset.Split('/', '\\').Contains("..");
        if (!inside || options.Value.DataDirectory.Length == 0)
        {
            throw new OrderException(OrderFault.Malformed, "dataset", "must be 'events', or a path below Training:DataDirectory, which the operator sets");
        }

        var path = Path.GetFullPath(Path.Combine(options.Value.DataDirectory, dataset));
        return Path.Exists(path) ? path : throw new OrderException(OrderFault.Unknown, dataset, "no such file or folder lies below Training:DataDirectory");
    }

    private ModelFolder FolderOf(string name, string version)
    {
        catalog.Rescan();
        var model = catalog.Find(name);
        var wanted = version.Length > 0 ? version : model?.Split.Main;
        return wanted is not null && model?.Versions.GetValueOrDefault(wanted)?.Folder is { } folder
            ? folder
            : throw new OrderException(OrderFault.Unknown, $"{name}/{version}", "no such version is published, or none has traffic; ListModels names those that are");
    }

    private sealed class Relay(ChannelWriter<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.TryWrite(value);
    }
}
