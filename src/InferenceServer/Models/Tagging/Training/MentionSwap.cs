using System.Text;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Models.Tagging.Training;

/// <summary>
/// Replaces mentions by others of their label (Dai and Adel 2020, "mention replacement"): more different texts from the same
/// data, whose tags are right by construction.
/// </summary>
internal sealed class MentionSwap
{
    private readonly Dictionary<string, string[]> mentions;

    /// <summary>Collects the mentions of texts to learn from, as often as they occur.</summary>
    public MentionSwap(IEnumerable<TaggedText> texts) =>
        mentions = texts.SelectMany(text => text.Spans.Select(span => (span.Label, Mention: Slice(text.Text, Offsets(text.Text), span.Start, span.End))))
            .GroupBy(pair => pair.Label, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.Mention).ToArray(), StringComparer.Ordinal);

    /// <summary>A text with some of its mentions replaced.</summary>
    /// <param name="text">Of mentions that overlap, only the first is kept.</param>
    /// <param name="share">The probability of a mention to be replaced.</param>
    /// <param name="random">Draws.</param>
    public TaggedText Apply(TaggedText text, double share, SeededRandom random)
    {
        if (share <= 0 || text.Spans.Count == 0)
        {
            return text;
        }

        var offsets = Offsets(text.Text);
        var result = new StringBuilder(text.Text.Length + 16);
        var spans = new List<Span>(text.Spans.Count);
        var (from, length) = (0, 0);
        foreach (var span in text.Spans.OrderBy(span => span.Start).ThenByDescending(span => span.End))
        {
            if (span.Start < from)
            {
                continue;
            }

            Append(Slice(text.Text, offsets, from, span.Start));
            var start = length;
            Append(random.Fraction() < share ? Draw(span.Label, random) : Slice(text.Text, offsets, span.Start, span.End));
            spans.Add(new Span(start, length, span.Label));
            from = span.End;
        }

        Append(Slice(text.Text, offsets, from, offsets.Length - 1));
        return new TaggedText(result.ToString(), spans);

        void Append(string part)
        {
            result.Append(part);
            length += part.EnumerateRunes().Count();
        }
    }

    private static string Slice(string text, int[] offsets, int start, int end) => text[offsets[start]..offsets[end]];

    /// <summary>Where each code point begins, in UTF-16 units; at the end the text's length.</summary>
    private static int[] Offsets(string text)
    {
        var offsets = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1)
        {
            offsets.Add(at);
        }

        return [.. offsets, text.Length];
    }

    private string Draw(string label, SeededRandom random) => mentions[label][random.Below(mentions[label].Length)];
}
