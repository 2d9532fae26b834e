using Grpc.Net.Client;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Services.Importing;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Services.Importing;

public sealed class ImportClientTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task Send_WorksAndEventsTwice_CountsNothingNewTheSecondTime()
    {
        await using var server = await RunningServer.StartAsync(folder);
        var client = new ImportClient(server.Server.Channel, TimeProvider.System);
        var report = new ImportReport("works");
        CatalogueRow[] works = [Row("a"), Row("b"), Row("not an id")];
        HistoryRow[] events = [.. Enum.GetValues<EventKind>().Where(kind => kind is not (EventKind.Search or EventKind.Declaration)).Select(kind => new HistoryRow("u", "a", kind, 1000, 0.5))];

        var first = await client.SendWorksAsync(works, report, TestContext.Current.CancellationToken);
        var second = await client.SendWorksAsync(works, report, TestContext.Current.CancellationToken);
        var recorded = await client.SendEventsAsync(events, _ => { }, TestContext.Current.CancellationToken);
        var repeated = await client.SendEventsAsync(events, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal((2u, 2u), (first.Created, second.Unchanged));
        Assert.Equal(2, report.Malformed);
        Assert.Equal((12UL, 0UL), (recorded.Accepted, recorded.Rejected));
        Assert.Equal((0UL, 12UL), (repeated.Accepted, repeated.Duplicates));
    }

    [Fact]
    public async Task Send_ToNobody_SaysWhoDidNotAnswer()
    {
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");
        var client = new ImportClient(channel, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ImportException>(() => client.SendWorksAsync([Row("a")], new ImportReport("works"), TestContext.Current.CancellationToken));

        Assert.Contains("127.0.0.1:1", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static CatalogueRow Row(string id) => new() { WorkId = id, Titles = [("en", "T")], Language = "en" };
}
