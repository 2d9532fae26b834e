using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Export;
using KpGrpc.InferenceServer.Services.Exporting;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Protos.Type.V1;
using KpGrpc.Testing;
using Parquet;
using Parquet.Schema;

namespace KpGrpc.InferenceServer.Tests.Export;

public sealed class EventParquetTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task WriteAsync_EventsOfEveryDetail_AreReadBackAsTheyWere()
    {
        var rows = Events().Select(sent => ExportTranslation.ToRow(EventTranslation.ToDomain(sent))).ToArray();
        var path = folder.Combine("events.parquet");

        var written = await EventParquet.WriteAsync(path, rows, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(rows.Length, written);
        Assert.Equal(rows, await ReadAsync(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public async Task WriteAsync_NothingAtAll_IsAFileWithColumns()
    {
        var path = folder.Combine("events.parquet");

        Assert.Equal(0, await EventParquet.WriteAsync(path, [], _ => { }, TestContext.Current.CancellationToken));

        await using var reader = await ParquetReader.CreateAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(EventColumn.All.Select(column => column.Field.Name), reader.Schema.Fields.Select(field => field.Name));
    }

    [Fact]
    public async Task WriteAsync_CutShort_LeavesTheFileOfBefore()
    {
        var path = folder.Combine("events.parquet");
        await File.WriteAllTextAsync(path, "before", TestContext.Current.CancellationToken);
        IEnumerable<EventRow> Failing()
        {
            yield return ExportTranslation.ToRow(EventTranslation.ToDomain(Events().First()));
            throw new IOException("the disk fails");
        }

        await Assert.ThrowsAsync<IOException>(() => EventParquet.WriteAsync(path, Failing(), _ => { }, TestContext.Current.CancellationToken));

        Assert.Equal("before", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    public void Dispose() => folder.Dispose();

    private static IEnumerable<Event> Events()
    {
        var price = new Money { MinorUnits = 11_900, CurrencyCode = "CNY", Exponent = 2 };
        yield return Of(EventKind.View, _ => { });
        yield return Of(EventKind.Play, sent => sent.Progress = new Progress { Fraction = 0.25, Spent = new Duration { Seconds = 3, Nanos = 500_000_000 } });
        yield return Of(EventKind.Purchase, sent => sent.Price = price);
        yield return Of(EventKind.Rating, sent => sent.Rating = new Rating { Value = 1, Comment = "很好" });
        yield return Of(EventKind.Search, sent => (sent.WorkId, sent.Search) = ("", new Search { Query = "python", ResultCount = 7 }));
        yield return Of(EventKind.Declaration, sent => (sent.WorkId, sent.Declaration) = ("", new Declaration { Text = "me", Fields = { KnowledgeField.Health, KnowledgeField.VocationalSkills } }));
        yield return Of(EventKind.Exposure, sent => sent.Exposure = new Exposure { RequestId = "r", Position = 3, Surface = "home", Model = new ModelRef { Name = "counts", Version = "1" } });
    }

    private static Event Of(EventKind kind, Action<Event> detail)
    {
        var sent = RunningServer.Enrolment("u", "w", (int)kind);
        (sent.Kind, sent.SessionId, sent.Source) = (kind, "s", "test");
        detail(sent);
        return Event.Parser.ParseFrom(sent.ToByteArray());
    }

    private static async Task<EventRow[]> ReadAsync(string path)
    {
        await using var reader = await ParquetReader.CreateAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        using var group = reader.OpenRowGroupReader(0);
        var count = (int)group.RowCount;
        DataField Field(string name) => reader.Schema.DataFields.Single(field => field.Name == name);
        async Task<string?[]> Texts(string name)
        {
            var values = new string?[count];
            await group.ReadAsync(Field(name), values.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            return values;
        }

        async Task<T?[]> Numbers<T>(string name)
            where T : struct
        {
            var values = new T?[count];
            await group.ReadAsync<T>(Field(name), values, cancellationToken: TestContext.Current.CancellationToken);
            return values;
        }

        var times = new DateTime[count];
        await group.ReadAsync<DateTime>(Field("occurred_at"), times.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        var (eventId, learner, work, kind) = (await Texts("event_id"), await Texts("learner_id"), await Texts("work_id"), await Texts("kind"));
        var (progress, spent, rating, text, fields) = (await Numbers<double>("progress"), await Numbers<long>("spent_ms"), await Numbers<double>("rating"), await Texts("text"), await Texts("fields"));
        var (found, price, currency, exponent) = (await Numbers<int>("result_count"), await Numbers<long>("price_minor_units"), await Texts("currency"), await Numbers<int>("currency_exponent"));
        var (request, position, surface, model) = (await Texts("request_id"), await Numbers<int>("position"), await Texts("surface"), await Texts("model"));
        var (version, session, source) = (await Texts("model_version"), await Texts("session_id"), await Texts("source"));
        return [.. Enumerable.Range(0, count).Select(at => new EventRow
        {
            EventId = eventId[at]!,
            LearnerId = learner[at]!,
            WorkId = work[at],
            Kind = kind[at]!,
            OccurredAt = times[at],
            Progress = progress[at],
            SpentMilliseconds = spent[at],
            Rating = rating[at],
            Text = text[at],
            Fields = fields[at],
            ResultCount = found[at],
            PriceMinorUnits = price[at],
            Currency = currency[at],
            CurrencyExponent = exponent[at],
            RequestId = request[at],
            Position = position[at],
            Surface = surface[at],
            Model = model[at],
            ModelVersion = version[at],
            SessionId = session[at],
            Source = source[at],
        })];
    }
}
