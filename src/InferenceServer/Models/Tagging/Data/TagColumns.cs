using System.Text;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Spans;

namespace KpGrpc.InferenceServer.Models.Tagging.Data;

/// <summary>
/// Columns of tokens and tags, one token a line, the token first and its tag last, sentences parted by empty lines (CoNLL,
/// BIO, BMES, BIOES). A sentence with a bad line is left out as a whole: its tags would shift.
/// </summary>
internal static class TagColumns
{
    /// <summary>Tokens of a sentence at most.</summary>
    public const int TokensMax = 100_000;

    private const int WideFirst = 0x2E80; // from here on scripts are written without spaces

    private static readonly char[] Separators = [' ', '\t'];

    /// <summary>The texts, in order.</summary>
    /// <param name="lines">The file's lines.</param>
    /// <param name="format"><see cref="TaggedFormat.Bio"/> refuses tags of ends and single tokens; others take all.</param>
    /// <param name="report">Gets what was read and what was not.</param>
    public static IEnumerable<TaggedText> Read(IEnumerable<InputLine> lines, TaggedFormat format, ImportReport report)
    {
        var tokens = new List<string>();
        var tags = new List<Tag>();
        var isBad = false;
        foreach (var line in lines.Append(new InputLine(0, "")))
        {
            if (line.Text.AsSpan().Trim().IsEmpty)
            {
                if (tokens.Count > 0 && !isBad)
                {
                    report.Accept();
                    yield return Join(tokens, SpanReader.Read(tags));
                }

                tokens.Clear();
                tags.Clear();
                isBad = false;
                continue;
            }

            var fields = line.Text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            if (fields[0] == "-DOCSTART-")
            {
                continue;
            }

            if (FaultOf(fields, format, tokens.Count) is { } fault)
            {
                report.Reject(line.Number, fault);
                isBad = true;
                continue;
            }

            tokens.Add(fields[0]);
            tags.Add(Tag.Parse(fields[^1]));
        }
    }

    private static string? FaultOf(string[] fields, TaggedFormat format, int before)
    {
        if (fields.Length < 2)
        {
            return "the line has no tag after its token; the sentence is left out";
        }

        if (before >= TokensMax)
        {
            return $"the sentence has more than {TokensMax} tokens; sentences are parted by empty lines";
        }

        return format == TaggedFormat.Bio && Tag.Parse(fields[^1]).Position is TagPosition.End or TagPosition.Single or TagPosition.Any
            ? $"'{fields[^1]}' is no tag of BIO; the sentence is left out (--format bmes reads ends and single tokens)"
            : null;
    }

    /// <summary>Puts tokens together: with a space between two that are written with one.</summary>
    private static TaggedText Join(List<string> tokens, List<Span> spans)
    {
        var spaced = tokens.Any(token => token.EnumerateRunes().Skip(1).Any());
        var text = new StringBuilder();
        var starts = new int[tokens.Count];
        var ends = new int[tokens.Count];
        var length = 0;
        for (var at = 0; at < tokens.Count; at++)
        {
            if (at > 0 && spaced && tokens[at][0] < WideFirst && tokens[at - 1][^1] < WideFirst)
            {
                text.Append(' ');
                length++;
            }

            starts[at] = length;
            text.Append(tokens[at]);
            length += tokens[at].EnumerateRunes().Count();
            ends[at] = length;
        }

        return new TaggedText(text.ToString(), [.. spans.Select(span => new Span(starts[span.Start], ends[span.End - 1], span.Label))]);
    }
}
