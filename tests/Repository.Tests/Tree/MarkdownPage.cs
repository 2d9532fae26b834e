using System.Text.RegularExpressions;

namespace KpGrpc.Repository.Tests.Tree;

/// <summary>What the rules need of a Markdown file: headings, links, code spans and fenced lines, with their line numbers.</summary>
internal sealed partial class MarkdownPage
{
    public MarkdownPage(RepositoryFile file)
    {
        var fence = "";
        for (var index = 0; index < file.Lines.Count; index++)
        {
            var line = file.Lines[index];
            var mark = FenceMark().Match(line).Groups[1].Value;
            if (fence.Length == 0 && mark.Length > 0)
            {
                fence = mark;
            }
            else if (fence.Length > 0 && mark.StartsWith(fence, StringComparison.Ordinal))
            {
                fence = "";
            }
            else if (fence.Length > 0)
            {
                FencedLines.Add((line, index + 1));
            }
            else
            {
                ReadProse(line, index + 1);
            }
        }
    }

    public List<(int Level, string Text, int Line)> Headings { get; } = [];

    /// <summary>Targets of links and images as written.</summary>
    public List<(string Target, int Line)> Links { get; } = [];

    /// <summary>Text between backticks.</summary>
    public List<(string Text, int Line)> CodeSpans { get; } = [];

    public List<(string Text, int Line)> FencedLines { get; } = [];

    /// <summary>Lines outside fences, with their code spans blanked.</summary>
    public List<(string Text, int Line)> Prose { get; } = [];

    /// <summary>The anchors that GitHub gives the headings: lower case, punctuation dropped, blanks to hyphens, repeats numbered.</summary>
    public IReadOnlySet<string> Anchors()
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, text, _) in Headings)
        {
            var slug = NotInSlug().Replace(text.ToLowerInvariant(), "").Replace(' ', '-');
            var unique = slug;
            for (var repeat = 1; !anchors.Add(unique); repeat++)
            {
                unique = $"{slug}-{repeat}";
            }
        }

        return anchors;
    }

    private void ReadProse(string line, int number)
    {
        var heading = Heading().Match(line);
        if (heading.Success)
        {
            Headings.Add((heading.Groups[1].Length, heading.Groups[2].Value.Trim(), number));
        }

        CodeSpans.AddRange(CodeSpan().Matches(line).Select(match => (match.Groups[1].Value, number)));
        var prose = CodeSpan().Replace(line, "` `");
        Prose.Add((prose, number));
        Links.AddRange(Link().Matches(prose).Select(match => (match.Groups[1].Value, number)));
    }

    [GeneratedRegex(@"^\s*(`{3,}|~{3,})")]
    private static partial Regex FenceMark();

    [GeneratedRegex(@"^(#{1,6})\s+(.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\(\s*<?([^)\s>]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\p{L}\p{N}\p{M}_\- ]")]
    private static partial Regex NotInSlug();
}
