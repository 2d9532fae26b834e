using System.Globalization;

namespace KpGrpc.Perf.Figures;

/// <summary>Prints figures as a table for people.</summary>
public static class FigureTable
{
    /// <summary>Writes one row a figure.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="figures">The rows.</param>
    public static void Write(TextWriter output, IReadOnlyList<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(figures);
        output.WriteLine(Row("name", "metric", "value", "unit", "beside", "ratio"));
        foreach (var figure in figures)
        {
            var value = figure.Value.ToString(Math.Abs(figure.Value) < 100 ? "N2" : "N0", CultureInfo.InvariantCulture);
            var ratio = figure.Ratio?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";
            output.WriteLine(Row(figure.Name, figure.Metric, value, figure.Unit ?? "", figure.Peer ?? "", ratio));
        }
    }

    private static string Row(string name, string metric, string value, string unit, string peer, string ratio) =>
        $"{name,-28} {metric,-16} {value,12} {unit,-5} {peer,-40} {ratio,7}".TrimEnd();
}
