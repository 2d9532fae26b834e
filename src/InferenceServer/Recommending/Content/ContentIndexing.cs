using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Models.Content;
using KpGrpc.InferenceServer.Recommending.Scoring;
using KpGrpc.ServiceDefaults.Hosting;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Recommending.Content;

/// <summary>
/// Follows the catalogue: a work that comes or changes has its features within <see cref="ContentOptions.Interval"/> and,
/// when no model knows it, its neighbours soon after. When the catalogue has doubled, what is rare is counted anew.
/// </summary>
internal sealed partial class ContentIndexing(WorkStore store, Scorers scorers, IOptions<ContentOptions> options, TimeProvider time, ILogger<ContentIndexing> logger)
    : BackgroundService
{
    private const int RowsPerBatch = 256;
    private const int GrowthMin = 16; // works; a handful is no sample

    private static readonly TimeSpan PublishEvery = TimeSpan.FromSeconds(2); // lists of a million works take their time to be put in order

    private readonly ContentOptions options = options.Value;
    private readonly ColdWorks cold = new(scorers, options.Value);
    private WorkTable indexed = WorkTable.Empty();
    private volatile ContentState current = ContentState.Empty();

    /// <summary>The content of the catalogue as far as it is indexed.</summary>
    public ContentState Current => current;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the server listens meanwhile
        using var timer = new PeriodicTimer(options.Interval, time);
        do
        {
            await BackgroundThread.RunAsync("content index", () => Follow(stoppingToken));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Brings index and neighbours up to the catalogue as it is now.</summary>
    internal void Follow(CancellationToken cancellationToken)
    {
        var table = store.Table;
        if (table.Count > (2 * current.Index.Rarity.Works) + GrowthMin || (current.Index.Rarity.Works == 0 && table.Count > 0))
        {
            Rebuild(table, cancellationToken);
        }

        TakeIn(cancellationToken);
        var published = time.GetTimestamp();
        while (cold.Step(indexed, current.Index) && !cancellationToken.IsCancellationRequested)
        {
            if (time.GetElapsedTime(published) > PublishEvery)
            {
                current = current with { Cold = cold.Build() };
                published = time.GetTimestamp();
            }

            TakeIn(cancellationToken); // works that came meanwhile are not to wait
        }

        current = cold.HasNews ? current with { Cold = cold.Build() } : current;
    }

    private void TakeIn(CancellationToken cancellationToken)
    {
        var table = store.Table;
        var changed = ReferenceEquals(table, indexed) ? [] : table.ChangedSince(indexed).ToArray();
        foreach (var rows in changed.Chunk(RowsPerBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            current.Index.Set([.. rows.Select(row => (row, VectorOf(table, row, current.Index.Rarity)))]);
        }

        indexed = table;
        cold.Note(table, changed);
    }

    private void Rebuild(WorkTable table, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var works = Enumerable.Range(0, table.Count).Select(row => table[row]).OfType<Work>();
        var rarity = FeatureRarity.Of(
            works.Select(work =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return WorkFeatures.Of(work, options);
            }),
            table.Count);
        var index = new ContentIndex(rarity);
        foreach (var rows in Enumerable.Range(0, table.Count).Chunk(RowsPerBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            index.Set([.. rows.Select(row => (row, VectorOf(table, row, rarity)))]);
            if (current.Index.Rarity.Works > 0)
            {
                TakeIn(cancellationToken); // the old index serves meanwhile, and knows what came
            }
        }

        indexed = table;
        cold.Renew();
        current = current with { Index = index, Version = current.Version + 1 }; // the old index goes when its last reader has gone
        Log.Rebuilt(logger, rarity.Works, time.GetElapsedTime(started).TotalSeconds);
    }

    private ContentVector? VectorOf(WorkTable table, int row, FeatureRarity rarity) =>
        table[row] is { } work ? rarity.Vector(WorkFeatures.Of(work, options), options.FeaturesMax) : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Content of {Works} works was indexed in {Seconds:F1} s")]
        public static partial void Rebuilt(ILogger logger, int works, double seconds);
    }
}
