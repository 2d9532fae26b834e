using System.Globalization;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.Perf.Figures;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary>The classification report of a tagger: precision, recall and F1 of each label, then the averages.</summary>
internal static class TaggerReportTable
{
    /// <summary>Prints the report.</summary>
    public static void Write(IAnsiConsole console, string title, SpanScores scores)
    {
        var table = new Table { Border = console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.Ascii, Title = new TableTitle(Markup.Escape(title)) };
        table.AddColumns("label", "precision", "recall", "F1", "support");
        foreach (var score in scores.Labels.Concat([scores.Micro, scores.Macro, scores.Weighted]))
        {
            table.AddRow(Markup.Escape(score.Label), Text(score.Precision), Text(score.Recall), Text(score.F1), score.Support.ToString(CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }

    /// <summary>The report as figures: <c>macro_f1</c>, <c>micro_f1</c>, and the F1 of each label under the label.</summary>
    /// <param name="name">Name of the data set, such as <c>cluener</c>, whose published figures stand beside ours.</param>
    /// <param name="scores">The scores.</param>
    public static IEnumerable<Figure> Figures(string name, SpanScores scores)
    {
        foreach (var (peer, published) in PublishedTagger.Of(name))
        {
            yield return new Figure { Name = name, Metric = "macro_f1", Value = scores.Macro.F1, Peer = peer, Ratio = scores.Macro.F1 / published };
        }

        if (PublishedTagger.Of(name).Count == 0)
        {
            yield return new Figure { Name = name, Metric = "macro_f1", Value = scores.Macro.F1 };
        }

        yield return new Figure { Name = name, Metric = "micro_f1", Value = scores.Micro.F1 };
        foreach (var score in scores.Labels)
        {
            yield return new Figure { Name = name, Metric = score.Label, Value = score.F1 };
        }
    }

    private static string Text(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
