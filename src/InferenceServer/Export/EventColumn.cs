using Parquet;
using Parquet.Schema;

namespace KpGrpc.InferenceServer.Export;

/// <summary>One column of the table of events.</summary>
/// <param name="Field">Name and type.</param>
/// <param name="WriteAsync">Writes the column of some rows.</param>
internal sealed record EventColumn(DataField Field, Func<ParquetRowGroupWriter, IReadOnlyList<EventRow>, CancellationToken, Task> WriteAsync)
{
    /// <summary>All columns in their order.</summary>
    public static IReadOnlyList<EventColumn> All { get; } =
    [
        Text("event_id", row => row.EventId),
        Text("learner_id", row => row.LearnerId),
        Text("work_id", row => row.WorkId),
        Text("kind", row => row.Kind),
        Time("occurred_at", row => row.OccurredAt),
        Number("progress", row => row.Progress),
        Number("spent_ms", row => row.SpentMilliseconds),
        Number("rating", row => row.Rating),
        Text("text", row => row.Text),
        Text("fields", row => row.Fields),
        Number("result_count", row => row.ResultCount),
        Number("price_minor_units", row => row.PriceMinorUnits),
        Text("currency", row => row.Currency),
        Number("currency_exponent", row => row.CurrencyExponent),
        Text("request_id", row => row.RequestId),
        Number("position", row => row.Position),
        Text("surface", row => row.Surface),
        Text("model", row => row.Model),
        Text("model_version", row => row.ModelVersion),
        Text("session_id", row => row.SessionId),
        Text("source", row => row.Source),
    ];

    private static EventColumn Text(string name, Func<EventRow, string?> value)
    {
        var field = new DataField<string>(name, nullable: true);
        return new EventColumn(field, (group, rows, _) => group.WriteAsync(field, (string[])[.. rows.Select(row => value(row)!)]));
    }

    private static EventColumn Number<T>(string name, Func<EventRow, T?> value)
        where T : struct
    {
        var field = new DataField<T>(name, nullable: true);
        return new EventColumn(field, (group, rows, cancellationToken) =>
            group.WriteAsync<T>(field, (T?[])[.. rows.Select(value)], cancellationToken: cancellationToken));
    }

    private static EventColumn Time(string name, Func<EventRow, DateTime> value)
    {
        var field = new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Millis, isNullable: false);
        return new EventColumn(field, (group, rows, cancellationToken) =>
            group.WriteAsync<DateTime>(field, (DateTime[])[.. rows.Select(value)], cancellationToken: cancellationToken));
    }
}
