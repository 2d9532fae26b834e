using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Tests.Catalog;

/// <summary>Works for tests that look at single facts of them.</summary>
internal static class SomeWorks
{
    public static Work Of(string id, string title = "Title", string body = "", string labels = "", int field = 1, string producer = "p") => new()
    {
        WorkId = id,
        Titles = [("en", title)],
        Texts = new SearchText(title.ToLowerInvariant(), labels.ToLowerInvariant(), body.ToLowerInvariant()),
        Field = field,
        Kind = 1,
        Level = 0,
        Language = "en",
        ProducerId = producer,
        Tags = [],
        Price = new Price(100, "EUR", 2),
        Published = true,
        Unlicensed = false,
        PublishedAt = null,
        AvailableFrom = null,
        AvailableUntil = null,
        Body = ReadOnlyMemory<byte>.Empty,
    };

    public static WorkTable Table(params Work[] works) => WorkTable.Empty().With(works, []);
}
