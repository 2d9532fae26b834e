using KpGrpc.Protos.Event.V1;
using Kind = KpGrpc.Protos.Event.V1.EventKind;

namespace KpGrpc.InferenceServer.Services.Rules;

/// <summary>The rules of one event, as the contract states them.</summary>
internal static class EventRules
{
    private const int TextMax = 128;
    private const int ShortMax = 64;
    private const int LongMax = 4000;
    private const long SecondsMax = 253_402_300_799; // 9999-12-31T23:59:59Z
    private static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(5);

    /// <summary>Returns the reason and the field at fault, or null when the event is well-formed.</summary>
    public static (EventRejectionReason Reason, string Detail)? Check(Event entry, DateTimeOffset now)
    {
        if (CheckFields(entry) is { } fault)
        {
            return (EventRejectionReason.Invalid, fault);
        }

        return entry.OccurredAt.Seconds > (now + AheadMax).ToUnixTimeSeconds()
            ? (EventRejectionReason.InFuture, "occurred_at: more than 5 minutes ahead of the server's clock")
            : null;
    }

    private static string? CheckFields(Event entry)
    {
        var withoutWork = entry.Kind is Kind.Search or Kind.Declaration;
        return entry.EventId.Length != 16 ? "event_id: must be exactly 16 bytes"
            : entry.LearnerId.Length is 0 or > TextMax ? "learner_id: must be 1 to 128 characters"
            : !Enum.IsDefined(entry.Kind) || entry.Kind == Kind.Unspecified ? "kind: must be one of the contract's"
            : withoutWork && entry.WorkId.Length > 0 ? "work_id: must be empty for this kind"
            : !withoutWork && entry.WorkId.Length is 0 or > TextMax ? "work_id: must be 1 to 128 characters"
            : entry.OccurredAt is null || entry.OccurredAt.Seconds is < 0 or > SecondsMax || entry.OccurredAt.Nanos is < 0 or > 999_999_999
                ? "occurred_at: required, from 1970-01-01 to 9999-12-31"
            : entry.SessionId.Length > ShortMax ? "session_id: at most 64 characters"
            : entry.Source.Length > ShortMax ? "source: at most 64 characters"
            : CheckPrice(entry) ?? CheckDetail(entry);
    }

    private static string? CheckPrice(Event entry)
    {
        if (entry.Kind is not (Kind.Purchase or Kind.Refund))
        {
            return entry.Price is null ? null : "price: only for PURCHASE and REFUND";
        }

        return entry.Price is null ? "price: required for PURCHASE and REFUND" : MoneyRules.Fault(entry.Price) is { } fault ? $"price: {fault}" : null;
    }

    private static string? CheckDetail(Event entry)
    {
        var (fits, required) = entry.Kind switch
        {
            Kind.Play => (Event.DetailOneofCase.Progress, true),
            Kind.Complete => (Event.DetailOneofCase.Progress, false),
            Kind.Rating => (Event.DetailOneofCase.Rating, true),
            Kind.Exposure or Kind.Click => (Event.DetailOneofCase.Exposure, true),
            Kind.Search => (Event.DetailOneofCase.Search, true),
            Kind.Declaration => (Event.DetailOneofCase.Declaration, true),
            _ => (Event.DetailOneofCase.None, false),
        };
        if (entry.DetailCase == Event.DetailOneofCase.None)
        {
            return required ? $"{fits.ToString().ToLowerInvariant()}: required for this kind" : null;
        }

        return entry.DetailCase != fits ? "detail: does not belong to this kind" : entry.DetailCase switch
        {
            Event.DetailOneofCase.Progress => entry.Progress.Fraction is >= 0 and <= 1 && entry.Progress.Spent is not { Seconds: < 0 }
                ? null : "progress: fraction must be 0 to 1, spent not negative",
            Event.DetailOneofCase.Rating => entry.Rating.Value is >= 0 and <= 1 && entry.Rating.Comment.Length <= LongMax
                ? null : "rating: value must be 0 to 1, comment at most 4000 characters",
            Event.DetailOneofCase.Exposure => entry.Exposure.RequestId.Length <= ShortMax && entry.Exposure.Surface.Length <= ShortMax
                ? null : "exposure: request_id and surface have at most 64 characters",
            Event.DetailOneofCase.Search => entry.Search.Query.Length is > 0 and <= 1000 ? null : "search.query: must be 1 to 1000 characters",
            _ => entry.Declaration.Text.Length <= LongMax ? null : "declaration.text: at most 4000 characters",
        };
    }
}
