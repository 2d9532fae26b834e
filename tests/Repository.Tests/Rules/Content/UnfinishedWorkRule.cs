using System.Text.RegularExpressions;
using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Content;

/// <summary>What is in the repository is finished: no reminders and no members that are not implemented.</summary>
internal sealed partial class UnfinishedWorkRule : IRule
{
    public string Name => "unfinished-work";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.OwnText
        from line in file.IsMarkdown ? new MarkdownPage(file).Prose : file.Lines.Select((text, index) => (Text: text, Line: index + 1))
        let mark = Mark().Match(line.Text)
        where mark.Success
        select new Finding(file.Path, line.Line, $"{mark.Value}: finish it, or open an issue and remove the mark.");

    // One letter of each word in brackets, so that the rule does not find itself.
    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HAC[K]|XX[X]|NotImplemente[d]Exception)\b")]
    private static partial Regex Mark();
}
