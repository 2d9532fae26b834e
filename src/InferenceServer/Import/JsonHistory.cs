using System.Text.Json;
using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Import;

/// <summary>Histories as JSON Lines: <c>{"learner_id","work_id","kind","time","rating"}</c>; the last three may be absent.</summary>
internal static class JsonHistory
{
    /// <summary>The rows of the lines; empty lines are passed over.</summary>
    public static IEnumerable<HistoryRow> Read(IEnumerable<InputLine> lines, EventKind defaultKind, ImportReport report)
    {
        foreach (var (number, text) in lines)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (Parse(text, number, defaultKind, out var row) is { } fault)
            {
                report.Reject(number, fault);
                continue;
            }

            report.Accept();
            yield return row;
        }
    }

    private static string? Parse(string text, long number, EventKind defaultKind, out HistoryRow row)
    {
        row = default;
        try
        {
            using var document = JsonDocument.Parse(text);
            var json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object)
            {
                return "the line is no JSON object";
            }

            var kind = defaultKind;
            if (Text(json, "kind") is { Length: > 0 } word && !HistoryValues.TryKind(word, out kind))
            {
                return "the kind is unknown";
            }

            var time = HistoryValues.SyntheticStart + (number * 1000);
            if ((Text(json, "time") ?? Text(json, "timestamp")) is { } when && !HistoryValues.TryTime(when, out time))
            {
                return "the time is neither a number of seconds or milliseconds nor ISO 8601";
            }

            double? rating = null;
            if (json.TryGetProperty("rating", out var value) && value.ValueKind != JsonValueKind.Null)
            {
                if (value.ValueKind != JsonValueKind.Number || value.GetDouble() is not (>= 0 and <= 1))
                {
                    return "the rating is not a number from 0 to 1";
                }

                rating = value.GetDouble();
            }

            return HistoryValues.Complete(
                Text(json, "learner_id") ?? Text(json, "user_id") ?? "", Text(json, "work_id") ?? Text(json, "item_id") ?? "", kind, time, rating, out row);
        }
        catch (JsonException)
        {
            return "the line is no JSON";
        }
    }

    private static string? Text(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : null;
}
