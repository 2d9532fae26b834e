using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Services.Rules;
using Proto = KpGrpc.Protos.Catalog.V1;

namespace KpGrpc.InferenceServer.Services.Translation;

/// <summary>Works between the contract and the server.</summary>
internal static class WorkTranslation
{
    /// <summary>Reads a work from its contract encoding, which was checked when it came.</summary>
    public static Work Decode(ReadOnlyMemory<byte> body) => ToDomain(Proto.Work.Parser.ParseFrom(body.Span), body);

    /// <summary>Translates a work that <see cref="WorkRules"/> found well-formed; output-only fields are dropped.</summary>
    public static Work ToDomain(Proto.Work sent)
    {
        var kept = sent.Clone();
        kept.Revision = 0;
        kept.UpdatedAt = null;
        return ToDomain(kept, kept.ToByteArray());
    }

    /// <summary>The work as the contract has it, with its output-only fields.</summary>
    public static Proto.Work ToProto(Work work)
    {
        var whole = Proto.Work.Parser.ParseFrom(work.Body.Span);
        whole.Revision = work.Revision;
        whole.UpdatedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(work.UpdatedAt));
        return whole;
    }

    private static Work ToDomain(Proto.Work sent, ReadOnlyMemory<byte> body) => new()
    {
        WorkId = sent.WorkId,
        Titles = [.. sent.Titles.Select(title => (title.LanguageTag, title.Text))],
        Texts = new SearchText(
            Lower(sent.Titles.Select(title => title.Text)), Lower(sent.Tags.Concat(sent.Categories)), Lower(sent.Descriptions.Select(text => text.Text))),
        Field = (int)sent.Field,
        Kind = (int)sent.Kind,
        Level = (int)sent.Level,
        Language = sent.LanguageTag,
        ProducerId = sent.ProducerId,
        Tags = [.. sent.Tags],
        Price = new Price(sent.Price.MinorUnits, sent.Price.CurrencyCode, sent.Price.Exponent),
        Published = sent.Published,
        Unlicensed = sent.Unlicensed,
        PublishedAt = Milliseconds(sent.PublishedAt),
        AvailableFrom = Milliseconds(sent.AvailableFrom),
        AvailableUntil = Milliseconds(sent.AvailableUntil),
        Body = body,
    };

    private static string Lower(IEnumerable<string> texts) => string.Join(SearchText.Separator, texts).ToLowerInvariant();

    private static long? Milliseconds(Timestamp? time) => time is null ? null : (time.Seconds * 1000) + (time.Nanos / 1_000_000);
}
