using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Preparation;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Preparation;

public sealed class ColumnCheckTests
{
    private const int RowCount = 2_000;
    private static readonly Random Chance = new(11);
    private static readonly bool[] Labels = [.. Enumerable.Range(0, RowCount).Select(_ => Chance.Next(4) == 0)];
    private static readonly ColumnRoles Roles = new("y", null, [], null, [], ColumnRoles.LeakBoundDefault);

    [Fact]
    public void ByLabel_PlantedLeaks_AreFoundAndHonestColumnsStay()
    {
        TableColumn[] columns =
        [
            Number("copy", row => Labels[row] ? 1 : 0),
            Number("inverted", row => Labels[row] ? -5 + Chance.NextDouble() : 5),
            Number("refund_date_only_after", row => Labels[row] ? Chance.Next(100) : double.NaN),
            Number("island", row => Labels[row] ? 3 : Chance.Next(2) * 6),
            Text("status", row => Labels[row] ? "cancelled" : Chance.Next(2) == 0 ? "active" : "new"),
            Number("nearly", row => (Labels[row] ? 1 : 0) + (Chance.Next(100) == 0 ? Chance.Next(-1, 2) : 0)),
            Number("honest", row => (Labels[row] ? 1 : 0) + (4 * Chance.NextDouble())),
            Number("noise", _ => Chance.NextDouble()),
            Text("many_levels", _ => $"v{Chance.Next(900)}"),
        ];
        var (kept, leftOut) = ColumnCheck.ByLabel(columns, Labels, [.. Enumerable.Range(0, RowCount)], Roles, TestContext.Current.CancellationToken);
        Assert.Equal(["honest", "noise", "many_levels"], kept.Select(column => column.Name));
        Assert.Contains("equals 'y'", leftOut[0].Reason, StringComparison.Ordinal);
        Assert.Contains("nearly separates 'y'", leftOut.Single(entry => entry.Column == "nearly").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ByLabel_LeakThatIsKept_Stays()
    {
        TableColumn[] columns = [Number("copy", row => Labels[row] ? 1 : 0), Number("noise", _ => Chance.NextDouble())];
        var (kept, _) = ColumnCheck.ByLabel(columns, Labels, [.. Enumerable.Range(0, RowCount)], Roles with { Keep = ["copy"] }, TestContext.Current.CancellationToken);
        Assert.Equal(2, kept.Count);
    }

    [Fact]
    public void ByLabel_NothingButLeaks_SaysSo() => Assert.Contains("--keep", Assert.Throws<ImportException>(() => ColumnCheck.ByLabel(
        [Number("copy", row => Labels[row] ? 1 : 0)], Labels, [.. Enumerable.Range(0, RowCount)], Roles, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    [Fact]
    public void ByContent_IdentifiersConstantsAndRoles_AreLeftOut()
    {
        var table = new Table("file",
        [
            Number("row_id", row => row) with { IsKey = true }, Number("constant", _ => 7), Number("empty", _ => double.NaN),
            Text("e-mail", row => $"user{row}@example.org"), Number("x", _ => Chance.NextDouble()), Number("y", row => Labels[row] ? 1 : 0), Number("key", _ => Chance.Next()),
        ]);
        var (kept, leftOut) = ColumnCheck.ByContent(table, Roles with { Ids = ["key"] });
        Assert.Equal(["x"], kept.Select(column => column.Name));
        Assert.Equal(["row_id", "constant", "empty", "e-mail"], leftOut.Select(entry => entry.Column));
    }

    [Fact]
    public void ByContent_KeepOfAnUnknownColumn_Refuses() => Assert.Contains("--keep", Assert.Throws<ImportException>(
        () => ColumnCheck.ByContent(new Table("file", [Number("x", row => row)]), Roles with { Keep = ["z"] })).Message, StringComparison.Ordinal);

    private static TableColumn Number(string name, Func<int, double> value) =>
        new(name, ColumnKind.Number, [.. Enumerable.Range(0, RowCount).Select(row => (float)value(row))], null, false);

    private static TableColumn Text(string name, Func<int, string> value)
    {
        string[] texts = [.. Enumerable.Range(0, RowCount).Select(value)];
        List<string> levels = [.. texts.Distinct()];
        return new TableColumn(name, ColumnKind.Text, [.. texts.Select(text => (float)levels.IndexOf(text))], levels, false);
    }
}
