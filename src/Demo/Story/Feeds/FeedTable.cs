using System.Globalization;
using KpGrpc.Demo.Output;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Demo.Story.Feeds;

/// <summary>Prints a feed.</summary>
internal static class FeedTable
{
    private const int TitleWidth = 42;
    private const int ReasonWidth = 44;

    /// <summary>One row an item: place, title, a word about it, reason.</summary>
    /// <param name="console">Where to print.</param>
    /// <param name="items">The items in the order in which they are printed.</param>
    /// <param name="head">Head of the third column; one that starts with <c>&gt;</c> is aligned to the right.</param>
    /// <param name="about">What it says of an item.</param>
    public static void Write(StoryConsole console, IEnumerable<HomeItem> items, string head, Func<HomeItem, string> about) => console.Table(
        [">#", "work", head, "why it is shown"],
        items.Select(item => new[]
        {
            item.Rank.ToString(CultureInfo.InvariantCulture),
            CellText.Cut(item.Work.Title, TitleWidth),
            about(item),
            CellText.Cut(item.Reason.Length > 0 ? item.Reason : Words.Of(item.Path), ReasonWidth),
        }));
}
