using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using KpGrpc.Perf.Harness.Measuring;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.GatewayLoad.Servers;

/// <summary>A catalogue and learners who have used it, sent to the InferenceServer as an import would.</summary>
internal sealed class Market(GatewayStack stack, TimeProvider time)
{
    /// <summary>Learners with a history.</summary>
    public const int Learners = 1_000;

    /// <summary>Works of the catalogue.</summary>
    public const int Works = 5_000;

    private const int PortionMax = 1_000;
    private const int EventsPerLearner = 30;
    private static readonly TimeSpan WriteLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TrainingLimit = TimeSpan.FromSeconds(20);

    /// <summary>Id of a learner.</summary>
    public static string LearnerId(long number) => string.Create(CultureInfo.InvariantCulture, $"learner-{number % Learners}");

    /// <summary>Sends both and waits until the counts model is trained on them.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(stack.Inference.Address);
        var catalog = new CatalogService.CatalogServiceClient(channel);
        foreach (var portion in Enumerable.Range(0, Works).Chunk(PortionMax))
        {
            var request = new UpsertWorksRequest { IdempotencyKey = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)) };
            request.Works.AddRange(portion.Select(Work));
            await catalog.UpsertWorksAsync(request, deadline: Deadline(), cancellationToken: cancellationToken);
        }

        var random = new FastRandom(5);
        using var call = new EventService.EventServiceClient(channel).RecordEvents(deadline: Deadline(), cancellationToken: cancellationToken);
        for (var learner = 0; learner < Learners; learner++)
        {
            var request = new RecordEventsRequest();
            request.Events.AddRange(Enumerable.Range(0, EventsPerLearner).Select(place => new Event
            {
                EventId = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes($"{learner}/{place}")).AsSpan(0, 16)),
                LearnerId = LearnerId(learner),
                WorkId = WorkId((int)(random.Next() % Works)),
                Kind = EventKind.View,
                OccurredAt = new Timestamp { Seconds = 1_700_000_000 + place },
            }));
            await call.RequestStream.WriteAsync(request, cancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        await call;
        await Task.Delay(TrainingLimit, time, cancellationToken); // the counts are trained once no event has come for a second
    }

    /// <summary>Id of a work.</summary>
    public static string WorkId(int number) => string.Create(CultureInfo.InvariantCulture, $"work-{number:00000}");

    /// <summary>The price of a work, in minor units.</summary>
    public static long PriceOf(int number) => 100 + (number % 900);

    private static Work Work(int number) => new()
    {
        WorkId = WorkId(number),
        Titles = { new LocalizedText { LanguageTag = "en", Text = $"Course {number} on subject {number % 97} by school {number % 31}" } },
        Field = KnowledgeField.Education,
        Kind = WorkKind.Course,
        LanguageTag = "en",
        ProducerId = "producer",
        Price = new Money { MinorUnits = PriceOf(number), CurrencyCode = GatewayStack.Currency, Exponent = 2 },
        Published = true,
    };

    private DateTime Deadline() => (time.GetUtcNow() + WriteLimit).UtcDateTime;
}
