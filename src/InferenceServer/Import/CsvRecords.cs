using System.Text;

namespace KpGrpc.InferenceServer.Import;

/// <summary>
/// Comma-separated records (RFC 4180: quoted fields may hold separators, doubled quotes and line ends). A quote that is
/// never closed costs only its own line: reading goes on with the next one.
/// </summary>
internal static class CsvRecords
{
    /// <summary>Lines that one record may span.</summary>
    public const int LinesMax = 1000;

    /// <summary>The records in order, the header included; empty lines are passed over.</summary>
    public static IEnumerable<(long Line, List<string> Fields)> Read(IEnumerable<InputLine> lines, ImportReport report, char separator = ',')
    {
        using var source = lines.GetEnumerator();
        var waiting = new Queue<InputLine>();
        while (Next(source, waiting) is { } first)
        {
            if (first.Text.Length == 0)
            {
                continue;
            }

            var spanned = new List<InputLine> { first };
            var text = new StringBuilder(first.Text);
            var open = IsOpen(first.Text, false);
            while (open && spanned.Count < LinesMax && text.Length < InputLines.LengthMax && Next(source, waiting) is { } more)
            {
                spanned.Add(more);
                text.Append('\n').Append(more.Text);
                open = IsOpen(more.Text, open);
            }

            if (open)
            {
                report.Reject(first.Number, "a quoted field is never closed");
                waiting = new Queue<InputLine>(spanned.Skip(1).Concat(waiting));
            }
            else if (Split(text.ToString(), separator) is { } fields)
            {
                yield return (first.Number, fields);
            }
            else
            {
                report.Reject(first.Number, "a quote stands inside a field");
            }
        }
    }

    private static InputLine? Next(IEnumerator<InputLine> source, Queue<InputLine> waiting) =>
        waiting.TryDequeue(out var line) ? line : source.MoveNext() ? source.Current : null;

    /// <summary>Every quote toggles; a doubled one toggles twice.</summary>
    private static bool IsOpen(string text, bool open) => (text.AsSpan().Count('"') % 2 == 1) ^ open;

    private static List<string>? Split(string text, char separator)
    {
        var fields = new List<string>();
        var at = 0;
        while (true)
        {
            if (at < text.Length && text[at] == '"')
            {
                var end = ClosingQuote(text, at + 1);
                fields.Add(text[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = end + 1;
                if (at < text.Length && text[at] != separator)
                {
                    return null;
                }
            }
            else
            {
                var end = text.IndexOf(separator, at);
                end = end < 0 ? text.Length : end;
                if (text.AsSpan(at, end - at).Contains('"'))
                {
                    return null;
                }

                fields.Add(text[at..end]);
                at = end;
            }

            if (at >= text.Length)
            {
                return fields;
            }

            at++;
        }
    }

    private static int ClosingQuote(string text, int from)
    {
        while (true)
        {
            var quote = text.IndexOf('"', from);
            if (quote + 1 >= text.Length || text[quote + 1] != '"')
            {
                return quote;
            }

            from = quote + 2;
        }
    }
}
