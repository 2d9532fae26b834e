using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Features;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Models.Propensity.Preparation;

/// <summary>A table whose every row has a label, with the columns that may be used.</summary>
/// <param name="Table">The rows with a label.</param>
/// <param name="Roles">What the columns are for.</param>
/// <param name="Labels">Positive or not.</param>
/// <param name="Groups">Group of each row; null where the roles name no group column.</param>
/// <param name="Columns">Columns that <see cref="ColumnCheck.ByContent"/> left.</param>
/// <param name="LeftOut">The others.</param>
/// <param name="Unlabelled">Rows of the file without a label, which were left out.</param>
internal sealed record LabelledTable(
    Table Table, ColumnRoles Roles, bool[] Labels, int[]? Groups, IReadOnlyList<TableColumn> Columns, IReadOnlyList<LeftOutColumn> LeftOut, int Unlabelled)
{
    /// <summary>Reads labels and groups, and leaves rows without a label out.</summary>
    /// <exception cref="ImportException">A named column is missing, the labels are no labels, or no column is left.</exception>
    public static LabelledTable Of(Table table, ColumnRoles roles)
    {
        foreach (var id in roles.Ids)
        {
            table.Get(id, "--id");
        }

        var labels = LabelColumn.Read(table.Get(roles.Label, "--label"), roles.Positive);
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => labels[row] is not null)];
        var labelled = rows.Length == table.Rows ? table : table.Take(rows);
        var groups = roles.Group is { } name ? FeaturePlan.GroupsOf(labelled.Get(name, "--group")) : null;
        var (kept, leftOut) = ColumnCheck.ByContent(labelled, roles);
        return new LabelledTable(labelled, roles, [.. rows.Select(row => labels[row]!.Value)], groups, kept, leftOut, table.Rows - rows.Length);
    }

    /// <summary>A plan that is learned without the labels of any row but those given.</summary>
    public (FeaturePlan Plan, IReadOnlyList<LeftOutColumn> Leaks) Plan(int[] rows, CancellationToken cancellationToken)
    {
        var (kept, leaks) = ColumnCheck.ByLabel(Columns, Labels, rows, Roles, cancellationToken);
        return (FeaturePlan.Of(Table, kept, Roles.Group), leaks);
    }
}
