using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Export;
using Proto = KpGrpc.Protos.Event.V1;

namespace KpGrpc.InferenceServer.Services.Exporting;

/// <summary>Events as rows of a table.</summary>
internal static class ExportTranslation
{
    /// <summary>The row of an event, which was checked when it came.</summary>
    public static EventRow ToRow(LearnerEvent entry)
    {
        var sent = Proto.Event.Parser.ParseFrom(entry.Body.Span);
        var (progress, exposure) = (sent.Progress, sent.Exposure);
        return new EventRow
        {
            EventId = Convert.ToHexStringLower(sent.EventId.Span),
            LearnerId = sent.LearnerId,
            WorkId = OrNull(sent.WorkId),
            Kind = sent.Kind.ToString().ToLowerInvariant(),
            OccurredAt = DateTime.UnixEpoch.AddMilliseconds(entry.UnixMilliseconds),
            Progress = progress?.Fraction,
            SpentMilliseconds = progress?.Spent is { } spent ? (spent.Seconds * 1000) + (spent.Nanos / 1_000_000) : null,
            Rating = sent.Rating?.Value,
            Text = OrNull(entry.Text?.Words ?? ""),
            Fields = sent.Declaration is { } declaration ? string.Join(',', declaration.Fields.Select(field => field.ToString().ToLowerInvariant())) : null,
            ResultCount = (int?)sent.Search?.ResultCount,
            PriceMinorUnits = sent.Price?.MinorUnits,
            Currency = sent.Price?.CurrencyCode,
            CurrencyExponent = (int?)sent.Price?.Exponent,
            RequestId = OrNull(exposure?.RequestId ?? ""),
            Position = (int?)exposure?.Position,
            Surface = OrNull(exposure?.Surface ?? ""),
            Model = OrNull(exposure?.Model?.Name ?? ""),
            ModelVersion = OrNull(exposure?.Model?.Version ?? ""),
            SessionId = OrNull(sent.SessionId),
            Source = OrNull(sent.Source),
        };
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
