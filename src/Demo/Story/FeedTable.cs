using System.Globalization;
using KpGrpc.Demo.Output;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Demo.Story;

/// <summary>Prints a feed.</summary>
internal static class FeedTable
{
    private const int TitleMax = 40;
    private const int ReasonMax = 60;

    /// <summary>One row an item: place, title, field, price, reason.</summary>
    public static void Write(StoryConsole console, IEnumerable<HomeItem> items) => console.Table(
        [">#", "work", "field", ">price", "why it is shown"],
        items.Select(item => new[]
        {
            item.Rank.ToString(CultureInfo.InvariantCulture),
            Cut(item.Work.Title, TitleMax),
            Words.Of(item.Work.Field),
            MoneyText.Of(item.Work.Price),
            item.Reason.Length > 0 ? Cut(item.Reason, ReasonMax) : Words.Of(item.Path),
        }));

    /// <summary>A text of at most <paramref name="length"/> characters.</summary>
    internal static string Cut(string text, int length) => text.Length <= length ? text : $"{text[..(length - 1)]}…";
}
