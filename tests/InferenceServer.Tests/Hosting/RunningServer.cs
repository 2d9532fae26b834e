using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KpGrpc.InferenceServer.Hosting;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.Protos.Type.V1;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Hosting;

/// <summary>The production composition in a folder of its own, with short words for what tests do with it.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly TestServer server;

    private RunningServer(TestServer server) => this.server = server;

    public TestServer Server => server;

    public RecommendationService.RecommendationServiceClient Recommendations => new(server.Channel);

    public static async Task<RunningServer> StartAsync(TemporaryDirectory folder, params string[] settings) =>
        new(await TestServer.StartAsync(
            (args, configure) => InferenceServerApp.Build(args, configure),
            [.. Settings(folder), .. settings]));

    /// <summary>Settings that keep all that a server writes in a folder.</summary>
    public static IEnumerable<string> Settings(TemporaryDirectory folder) =>
    [
        $"Storage:Directory={folder.Combine("inference")}", $"Redis:EmbeddedDirectory={folder.Combine("redis")}", $"Registry:Directory={folder.Combine("models")}",
        "CountsTraining:Quiet=00:00:00", "CountsTraining:NewEvents=1",
    ];

    public static Work Work(string id, string title = "Title") => new()
    {
        WorkId = id,
        Titles = { new LocalizedText { LanguageTag = "en", Text = title } },
        Field = KnowledgeField.Education,
        Kind = WorkKind.Course,
        LanguageTag = "en",
        ProducerId = $"producer-of-{id}",
        Price = new Money { MinorUnits = 100, CurrencyCode = "EUR", Exponent = 2 },
        Published = true,
    };

    public static Event Enrolment(string learner, string work, int second, byte salt = 0) => new()
    {
        EventId = ByteString.CopyFrom([.. System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{learner}/{work}/{second}/{salt}")).Take(16)]),
        LearnerId = learner,
        WorkId = work,
        Kind = EventKind.Enrol,
        OccurredAt = new Timestamp { Seconds = 1_700_000_000 + second },
    };

    public async Task<UpsertWorksResponse> UpsertAsync(params Work[] works) => await new CatalogService.CatalogServiceClient(server.Channel).UpsertWorksAsync(
        new UpsertWorksRequest { IdempotencyKey = ByteString.CopyFrom(Guid.NewGuid().ToByteArray()), Works = { works } }, Call);

    public async Task<RecordEventsResponse> RecordAsync(params Event[] events)
    {
        using var call = new EventService.EventServiceClient(server.Channel).RecordEvents(Call);
        await call.RequestStream.WriteAsync(new RecordEventsRequest { Events = { events } }, TestContext.Current.CancellationToken);
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    public async Task<RecommendationList> RecommendAsync(string learner, uint count = 10, RecommendationFilter? filter = null) =>
        (await Recommendations.RecommendAsync(new RecommendRequest { LearnerId = learner, Count = count, Filter = filter }, Call)).List;

    public static CallOptions Call => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + TimeLimit.Default, cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
