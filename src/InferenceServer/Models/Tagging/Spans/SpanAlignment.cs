using KpGrpc.InferenceServer.Models.Tagging.Tokens;

namespace KpGrpc.InferenceServer.Models.Tagging.Spans;

/// <summary>Carries mentions between code points of a text and its tokens. Token 0 here is the first after <c>[CLS]</c>.</summary>
internal static class SpanAlignment
{
    /// <summary>
    /// Mentions in tokens: each token that touches a mention belongs to it. What lies in the part that was cut off, or
    /// on characters that have no token, is left out.
    /// </summary>
    public static List<Span> ToTokens(TokenizedText text, IEnumerable<Span> spans)
    {
        var aligned = new List<Span>();
        foreach (var span in spans)
        {
            var first = -1;
            var last = -1;
            for (var token = 1; token < text.Length - 1; token++)
            {
                if (text.Starts[token] < span.End && text.Ends[token] > span.Start)
                {
                    first = first < 0 ? token - 1 : first;
                    last = token - 1;
                }
            }

            if (first >= 0)
            {
                aligned.Add(new Span(first, last + 1, span.Label));
            }
        }

        return aligned;
    }

    /// <summary>Mentions in code points of the text.</summary>
    public static List<Span> ToCodePoints(TokenizedText text, IEnumerable<Span> spans) =>
        [.. spans.Select(span => new Span(text.Starts[span.Start + 1], text.Ends[span.End], span.Label))];
}
