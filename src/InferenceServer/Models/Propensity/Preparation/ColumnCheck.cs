using System.Globalization;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Models.Propensity.Preparation;

/// <summary>Decides which columns a model may use, and says why it may not use the others.</summary>
internal static class ColumnCheck
{
    private const double KeyShare = 0.5; // a text column with more levels than this share of rows names rows
    private const int KeyLevelsMin = 50;
    private const int SampleMax = 10_000; // rows, evenly spaced: what separates the classes does so among these

    /// <summary>What the labels are not needed for: roles, constants, names of rows.</summary>
    /// <returns>The columns that are left, and the others.</returns>
    public static (List<TableColumn> Kept, List<LeftOutColumn> LeftOut) ByContent(Table table, ColumnRoles roles)
    {
        foreach (var name in roles.Keep)
        {
            table.Get(name, "--keep");
        }

        var (kept, leftOut) = (new List<TableColumn>(), new List<LeftOutColumn>());
        foreach (var column in table.Columns.Where(column => column.Name != roles.Label && column.Name != roles.Group && !roles.Ids.Contains(column.Name)))
        {
            if (Fault(column, table.Rows) is { } reason && !(roles.Keep.Contains(column.Name) && reason != Constant))
            {
                leftOut.Add(new LeftOutColumn(column.Name, reason));
            }
            else
            {
                kept.Add(column);
            }
        }

        return kept.Count > 0
            ? (kept, leftOut)
            : throw new ImportException($"No column of {table.Source} is left to predict '{roles.Label}' from: {string.Join("; ", leftOut.Select(entry => $"{entry.Column} {entry.Reason}"))}.");
    }

    /// <summary>Leaves out what alone separates the classes on some rows.</summary>
    public static (List<TableColumn> Kept, List<LeftOutColumn> LeftOut) ByLabel(
        IReadOnlyList<TableColumn> columns, bool[] labels, int[] rows, ColumnRoles roles, CancellationToken cancellationToken)
    {
        int[] sample = rows.Length <= SampleMax ? rows : [.. Enumerable.Range(0, SampleMax).Select(at => rows[(int)((long)at * rows.Length / SampleMax)])];
        var aucs = new double[columns.Count];
        Parallel.For(
            0,
            columns.Count,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            at => aucs[at] = roles.Keep.Contains(columns[at].Name) ? 0 : SingleColumn.Auc(columns[at], sample, labels));
        var leftOut = columns.Zip(aucs).Where(pair => pair.Second >= roles.LeakBound)
            .Select(pair => new LeftOutColumn(pair.First.Name, LeakReason(pair.Second, roles))).ToList();
        var names = leftOut.Select(entry => entry.Column).ToHashSet();
        var kept = columns.Where(column => !names.Contains(column.Name)).ToList();
        return kept.Count > 0
            ? (kept, leftOut)
            : throw new ImportException(
                $"Every column alone separates '{roles.Label}' (AUC of {roles.LeakBound.ToString(CultureInfo.InvariantCulture)} or more): {Table.Listed(names)}. Keep those that are known before the outcome with --keep.");
    }

    private const string Constant = "holds the same value in every row";

    private static string LeakReason(double auc, ColumnRoles roles) => auc == 1
        ? $"equals '{roles.Label}', or separates it without an error (AUC 1)"
        : string.Create(CultureInfo.InvariantCulture, $"alone nearly separates '{roles.Label}' (AUC {auc:F3}, bound {roles.LeakBound:0.###})");

    private static string? Fault(TableColumn column, int rows)
    {
        if (IsConstant(column.Values))
        {
            return Constant;
        }

        if (column.IsKey || (column.Kind == ColumnKind.Text && column.Levels!.Count > Math.Max(KeyLevelsMin, KeyShare * rows)))
        {
            return "names rows: (nearly) every row has a value of its own";
        }

        return null;
    }

    private static bool IsConstant(float[] values) => Array.TrueForAll(values, value => Same(value, values[0]));

    private static bool Same(float one, float other) => one == other || (float.IsNaN(one) && float.IsNaN(other));
}
