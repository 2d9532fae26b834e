using System.Text.Json;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Spans;

namespace KpGrpc.InferenceServer.Models.Tagging.Data;

/// <summary>
/// CLUENER2020's JSON Lines (Xu et al. 2020): <c>{"text":"…","label":{"company":{"浙商银行":[[0,3]]}}}</c>. Positions are code
/// points, the end included. A line without a label is a text without mentions.
/// </summary>
internal static class CluenerLines
{
    /// <summary>The texts, in order.</summary>
    public static IEnumerable<TaggedText> Read(IEnumerable<InputLine> lines, ImportReport report)
    {
        foreach (var line in lines)
        {
            if (line.Text.AsSpan().Trim().IsEmpty)
            {
                continue;
            }

            if (Parse(line.Text, out var fault) is { } text)
            {
                report.Accept();
                yield return text;
            }
            else
            {
                report.Reject(line.Number, fault);
            }
        }
    }

    private static TaggedText? Parse(string line, out string fault)
    {
        fault = "";
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("text", out var textValue) || textValue.ValueKind != JsonValueKind.String)
            {
                fault = "the line is no JSON object with a string 'text'";
                return null;
            }

            var text = textValue.GetString()!;
            var spans = new List<Span>();
            if (root.TryGetProperty("label", out var labels) && labels.ValueKind != JsonValueKind.Null)
            {
                fault = ReadLabels(labels, text.EnumerateRunes().Count(), spans);
            }

            return fault.Length == 0 ? new TaggedText(text, spans) : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            fault = "the line is not the JSON that the format asks for: {\"text\":\"…\",\"label\":{label:{mention:[[start,end_inclusive]]}}}";
            return null;
        }
    }

    private static string ReadLabels(JsonElement labels, int codePoints, List<Span> spans)
    {
        foreach (var label in labels.EnumerateObject())
        {
            foreach (var mention in label.Value.EnumerateObject())
            {
                foreach (var place in mention.Value.EnumerateArray())
                {
                    if (place.GetArrayLength() != 2)
                    {
                        return $"a place of '{label.Name}' is not [start, end_inclusive]";
                    }

                    var (start, last) = (place[0].GetInt32(), place[1].GetInt32());
                    if (start < 0 || last < start || last >= codePoints)
                    {
                        return $"[{start}, {last}] of '{label.Name}' lies outside the text of {codePoints} characters";
                    }

                    spans.Add(new Span(start, last + 1, label.Name));
                }
            }
        }

        return "";
    }
}
