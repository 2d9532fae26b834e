using System.Globalization;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Preparation;
using KpGrpc.InferenceServer.Models.Propensity.Tables;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Propensity;

/// <summary>Reads a labelled file and says what was found in it.</summary>
internal static class PropensityData
{
    /// <summary>Reads the file and prints its size, its malformed rows and the columns that are left out.</summary>
    /// <exception cref="ImportException">It cannot be used.</exception>
    public static async Task<LabelledTable> ReadAsync(IAnsiConsole console, string path, ColumnRoles roles, CancellationToken cancellationToken)
    {
        var report = new ImportReport(path);
        var data = LabelledTable.Of(await TableReader.ReadAsync(path, roles.TextColumns(), report, cancellationToken), roles);
        console.Faults(report);
        var positives = data.Labels.Count(label => label);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {data.Labels.Length:N0} rows with a label, {(double)positives / data.Labels.Length:P1} positive; {data.Columns.Count:N0} columns to predict '{roles.Label}' from"));
        if (data.Unlabelled > 0)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Unlabelled:N0} rows without a label are left out"));
        }

        LeftOut(console, data.LeftOut);
        return data;
    }

    /// <summary>Prints columns that are left out.</summary>
    public static void LeftOut(IAnsiConsole console, IReadOnlyList<LeftOutColumn> columns)
    {
        const int shown = 30;
        foreach (var column in columns.Take(shown))
        {
            console.MarkupLineInterpolated($"[yellow]left out: {column.Column} {column.Reason}[/]");
        }

        if (columns.Count > shown)
        {
            console.MarkupLineInterpolated($"[yellow]… and {columns.Count - shown} more columns left out[/]");
        }
    }
}
