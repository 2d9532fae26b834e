using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KpGrpc.InferenceLoad.Models;
using KpGrpc.InferenceLoad.Running;
using KpGrpc.InferenceLoad.Servers;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.Perf.Harness.Callers;
using KpGrpc.Perf.Harness.Measuring;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.InferenceLoad.Workloads;

/// <summary>Recommendations from a transformer over a large catalogue, all works of it scored for each call.</summary>
/// <param name="options">How long, and where.</param>
/// <param name="works">Works of the catalogue and of the model.</param>
/// <param name="figures">Gets what was measured.</param>
/// <param name="output">Where to print.</param>
/// <param name="time">Clock of high resolution.</param>
internal sealed class RecommendLoad(InferenceLoadOptions options, int works, FigureList figures, TextWriter output, TimeProvider time)
{
    private const int Learners = 2_000;
    private const int HistoryMax = 50;
    private const int OutstandingMax = 2_000;
    private const int PortionMax = 1_000;
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WriteLimit = TimeSpan.FromMinutes(2);

    private RecommendationService.RecommendationServiceClient client = null!;

    /// <summary>Runs the workload.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="perSecond">Calls a second.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(string name, double perSecond, CancellationToken cancellationToken)
    {
        var models = Path.Combine(options.Folder, $"{name}-models");
        var ids = Enumerable.Range(0, works).Select(number => string.Create(CultureInfo.InvariantCulture, $"work-{number:0000000}")).ToArray();
        new SyntheticModels(new ModelFolders(models), time).PublishRecommender(ids, "v1");
        await using var session = await InferenceSession.StartAsync(options.Server, Path.Combine(options.Folder, $"{name}-server"), models, time, cancellationToken);
        client = new RecommendationService.RecommendationServiceClient(session.Channel);
        await FillAsync(session, ids, cancellationToken);
        await CheckPathAsync(cancellationToken);
        var settled = await session.SettleAsync(time, cancellationToken); // the content of new works is being indexed
        figures.Add(name, "settled_s", settled.TotalSeconds, "s");

        var length = TimeSpan.FromSeconds(options.Seconds);
        var load = await new Load(RecommendAsync, time).OpenAsync(perSecond, length, OutstandingMax, cancellationToken);
        figures.AddLoad(name, load, session.Process.ResidentMib);
        var most = await new Load(RecommendAsync, time).ClosedAsync(16, length / 2, cancellationToken);
        figures.Add($"{name}.16-callers", "per_second", most.PerSecond, "1/s");
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} at {perSecond:0}/s: p50 {load.Latencies.QuantileMs(0.5):0.0} ms, p99 {load.Latencies.QuantileMs(0.99):0.0} ms (queue p99 {load.Queue.QuantileMs(0.99):0.0} ms, batch p50 {load.Compute.QuantileMs(0.5):0.0} ms); {load.Failed} failed, {load.Refused} refused; 16 callers {most.PerSecond:0}/s; server {session.Process.ResidentMib:0} MiB"));
    }

    private static Work WorkOf(string id, int number) => new()
    {
        WorkId = id,
        Titles = { new LocalizedText { LanguageTag = "en", Text = $"Course {number} on subject {number % 997} by school {number % 101}" } },
        Field = KnowledgeField.Education,
        Kind = WorkKind.Course,
        LanguageTag = "en",
        ProducerId = $"producer-{number % 101}",
        Price = new Money { MinorUnits = 100 + (number % 900), CurrencyCode = "EUR", Exponent = 2 },
        Published = true,
    };

    private async Task FillAsync(InferenceSession session, string[] ids, CancellationToken cancellationToken)
    {
        var catalog = new CatalogService.CatalogServiceClient(session.Channel);
        var number = 0;
        foreach (var portion in ids.Chunk(PortionMax))
        {
            var request = new UpsertWorksRequest { IdempotencyKey = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)) };
            request.Works.AddRange(portion.Select(id => WorkOf(id, number++)));
            await catalog.UpsertWorksAsync(request, deadline: Deadline(WriteLimit), cancellationToken: cancellationToken);
        }

        var random = new FastRandom(5);
        using var call = new EventService.EventServiceClient(session.Channel).RecordEvents(deadline: Deadline(WriteLimit), cancellationToken: cancellationToken);
        for (var learner = 0; learner < Learners; learner++)
        {
            var request = new RecordEventsRequest();
            var count = 1 + (int)(random.Next() % HistoryMax);
            request.Events.AddRange(Enumerable.Range(0, count).Select(place => new Event
            {
                EventId = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes($"{learner}/{place}")).AsSpan(0, 16)),
                LearnerId = $"learner-{learner}",
                WorkId = ids[random.Next() % (ulong)ids.Length],
                Kind = EventKind.Enrol,
                OccurredAt = new Timestamp { Seconds = 1_700_000_000 + place },
            }));
            await call.RequestStream.WriteAsync(request, cancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        await call;
    }

    private async Task CheckPathAsync(CancellationToken cancellationToken)
    {
        var answer = await client.RecommendAsync(new RecommendRequest { LearnerId = "learner-1" }, deadline: Deadline(CallLimit), cancellationToken: cancellationToken);
        if (answer.List.Results.Count != 10 || answer.List.Results[0].Path != RecommendationPath.Transformer)
        {
            throw new LoadException($"the transformer does not answer: {answer.List.Results.Count} results, the first by {answer.List.Results.FirstOrDefault()?.Path}");
        }
    }

    private Task<Outcome> RecommendAsync(long number, CancellationToken cancellationToken) => CallOutcome.OfAsync(client.RecommendAsync(
        new RecommendRequest { LearnerId = $"learner-{number * 7919 % Learners}" },
        new CallOptions(deadline: Deadline(CallLimit), cancellationToken: cancellationToken)));

    private DateTime Deadline(TimeSpan limit) => (time.GetUtcNow() + limit).UtcDateTime;
}
