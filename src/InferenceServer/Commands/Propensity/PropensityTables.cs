using System.Globalization;
using KpGrpc.InferenceServer.Models.Propensity.Validation;
using KpGrpc.Perf.Figures;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Propensity;

/// <summary>Results for people and as figures, beside the floor and the published ones.</summary>
internal static class PropensityTables
{
    private const string RegressionPeer = "logistic regression on 17 counts, published with the file";

    /// <summary>Published for <see cref="PropensityOptions.OwnSet"/>: the regression on this file, and the winners on the full data.</summary>
    private static readonly (string Model, double ByRow, double? ByGroup)[] Published =
    [
        (RegressionPeer, 0.868, 0.861),
        ("winners of KDD Cup 2015, on the full data", 0.909, null),
    ];

    /// <summary>Prints the results.</summary>
    public static void Write(IAnsiConsole console, string name, IReadOnlyList<PropensityResult> results)
    {
        var border = console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.Ascii;
        var table = new Table { Border = border }.AddColumns("model", "protocol", "AUC", "fold by fold", "log loss", "Brier", "ECE");
        foreach (var result in results)
        {
            foreach (var (model, byRow, byGroup) in name == PropensityOptions.OwnSet ? Published : [])
            {
                if ((result.Protocol == PropensityResult.ByGroup ? byGroup : byRow) is { } auc)
                {
                    table.AddRow(Markup.Escape(model), result.Protocol, Text(auc), "", "", "", "");
                }
            }

            if (result.FloorAuc is { } floor)
            {
                table.AddRow("logistic regression on totals, ours", result.Protocol, Text(floor), "", "", "", "");
            }

            table.AddRow(
                "boosted trees, calibrated, ours", result.Protocol, Text(result.Auc), string.Join(' ', result.FoldAucs.Select(Text)),
                Text(result.LogLoss), Text(result.Brier), Text(result.Reliability.ExpectedError));
        }

        console.Write(table);
        foreach (var result in results)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}, {result.Protocol}: expected calibration error {result.Reliability.ExpectedError:F4} over {ReliabilityTable.BinCount} bins of equal width"));
            console.Write(Reliability(result.Reliability, border));
        }
    }

    /// <summary>The figures of a data set.</summary>
    public static IEnumerable<Figure> Figures(string name, IReadOnlyList<PropensityResult> results)
    {
        foreach (var result in results)
        {
            var groups = result.Protocol == PropensityResult.ByGroup;
            var ending = groups ? "_held_out_courses" : "";
            var own = name == PropensityOptions.OwnSet;
            var peer = groups ? Published[0].ByGroup!.Value : Published[0].ByRow;
            yield return new Figure { Name = name, Metric = $"auc{ending}", Value = result.Auc, Peer = own ? RegressionPeer : null, Ratio = own ? result.Auc / peer : null };
            yield return new Figure { Name = name, Metric = $"ece{ending}", Value = result.Reliability.ExpectedError };
            yield return new Figure { Name = name, Metric = $"log_loss{ending}", Value = result.LogLoss };
            yield return new Figure { Name = name, Metric = $"brier{ending}", Value = result.Brier };
            if (result.FloorAuc is { } floor)
            {
                yield return new Figure { Name = $"{name}.floor", Metric = $"auc{ending}", Value = floor };
            }
        }
    }

    private static Table Reliability(ReliabilityTable reliability, TableBorder border)
    {
        var table = new Table { Border = border }.AddColumns("predicted from", "to", "rows", "mean predicted", "observed");
        foreach (var bin in reliability.Bins)
        {
            table.AddRow(Text(bin.From), Text(bin.To), bin.Rows.ToString("N0", CultureInfo.InvariantCulture), Text(bin.Predicted), Text(bin.Observed));
        }

        return table;
    }

    private static string Text(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
