using KpGrpc.InferenceServer.Models.Propensity.Tables;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Models.Propensity.Preparation;

/// <summary>How well one column alone tells the classes apart.</summary>
internal static class SingleColumn
{
    private const int BinCount = 64;
    private const double PriorRows = 2;

    /// <summary>
    /// The greater of two AUCs, 0.5 to 1: that of the values' order, whichever way it runs, and that of the share of
    /// positives in each bin of values (a text's level; missing is a bin), learned on every second row and tried on the
    /// others. The second one sees what a tree would see: gaps, islands and absences.
    /// </summary>
    public static double Auc(TableColumn column, int[] rows, bool[] labels)
    {
        bool[] truth = [.. rows.Select(row => labels[row])];
        var byBin = BinnedAuc(column, rows, truth);
        if (column.Kind == ColumnKind.Text)
        {
            return byBin;
        }

        var byOrder = BinaryMetrics.Auc([.. rows.Select(row => column.Values[row])], truth);
        return new[] { byOrder, 1 - byOrder, byBin }.Where(double.IsFinite).DefaultIfEmpty(0.5).Max();
    }

    private static double BinnedAuc(TableColumn column, int[] rows, bool[] truth)
    {
        var (bins, count) = Bins(column, rows);
        var (seen, positives) = (new double[2, count], new double[2, count]);
        var share = truth.Count(label => label) / (double)truth.Length;
        for (var at = 0; at < bins.Length; at++)
        {
            seen[at % 2, bins[at]]++;
            positives[at % 2, bins[at]] += truth[at] ? 1 : 0;
        }

        var best = 0.5;
        for (var half = 0; half < 2; half++)
        {
            var tried = Enumerable.Range(0, bins.Length).Where(at => at % 2 == half).ToArray();
            var other = 1 - half;
            float[] scores = [.. tried.Select(at => (float)((positives[other, bins[at]] + (PriorRows * share)) / (seen[other, bins[at]] + PriorRows)))];
            var auc = BinaryMetrics.Auc(scores, [.. tried.Select(at => truth[at])]);
            best = half == 0 ? auc : Math.Min(best, auc);
        }

        return double.IsFinite(best) ? Math.Max(0.5, best) : 0.5;
    }

    /// <summary>Bin 0 holds the missing values.</summary>
    private static (int[] Bins, int Count) Bins(TableColumn column, int[] rows)
    {
        if (column.Kind == ColumnKind.Text)
        {
            return ([.. rows.Select(row => float.IsNaN(column.Values[row]) ? 0 : (int)column.Values[row] + 1)], column.Levels!.Count + 1);
        }

        float[] present = [.. rows.Select(row => column.Values[row]).Where(value => !float.IsNaN(value)).Order()];
        float[] different = [.. present.Distinct()];
        float[] edges = different.Length <= BinCount ? different : [.. Enumerable.Range(0, BinCount).Select(bin => present[(int)((long)bin * present.Length / BinCount)]).Distinct()];
        int BinOf(float value)
        {
            var at = Array.BinarySearch(edges, value);
            return 1 + (at >= 0 ? at : ~at - 1);
        }

        return ([.. rows.Select(row => float.IsNaN(column.Values[row]) ? 0 : BinOf(column.Values[row]))], edges.Length + 1);
    }
}
