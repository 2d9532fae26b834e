using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Docs;

/// <summary>README.md and its Chinese twin have the same headings: as many, and each of the same level.</summary>
internal sealed class TwinHeadingsRule : IRule
{
    private const string English = "README.md";
    private const string Chinese = "README.zh-CN.md";

    public string Name => "twin-headings";

    public IEnumerable<Finding> Check(RepositoryTree tree)
    {
        if (tree.Find(English) is not { } english || tree.Find(Chinese) is not { } chinese)
        {
            return [];
        }

        var ours = new MarkdownPage(english).Headings;
        var theirs = new MarkdownPage(chinese).Headings;
        var same = ours.Zip(theirs).TakeWhile(pair => pair.First.Level == pair.Second.Level).Count();
        return same == ours.Count && same == theirs.Count
            ? []
            : [new Finding(Chinese, theirs.ElementAtOrDefault(same).Line is var line and > 0 ? line : 1, $"Heading {same + 1} is \"{TextAt(theirs, same)}\" here and \"{TextAt(ours, same)}\" in {English}: keep the two in step.")];
    }

    private static string TextAt(List<(int Level, string Text, int Line)> headings, int index) =>
        index < headings.Count ? $"{new string('#', headings[index].Level)} {headings[index].Text}" : "missing";
}
