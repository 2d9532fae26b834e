using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Features;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Features;

public sealed class FeaturePlanTests
{
    private static readonly TableColumn Course = Text("course", [0, 0, 0, 1, 1, 1], "a", "b");
    private static readonly TableColumn Clicks = Number("clicks", [1, 2, float.NaN, 4, 5, 6]);
    private static readonly TableColumn Plan = Text("plan", [0, 1, 0, float.NaN, 1, 1], "free", "paid");
    private static readonly TableColumn Price = Number("price", [10, 10, 10, 20, 20, 20]);
    private static readonly Table Data = new("test", [Course, Clicks, Plan, Price]);

    [Fact]
    public void Transform_PlainAndTextColumns_GivesValuesLevelsAndFrequencies()
    {
        var matrix = FeaturePlan.Of(Data, [Clicks, Plan], null).Transform(Data);
        Assert.Equal(["clicks", "plan=paid", "plan=free", "plan.frequency"], matrix.Names);
        Assert.Equal([1, 0, 1, 2 / 6f], matrix.Row(0).ToArray());
        Assert.Equal([4, 0, 0, float.NaN], matrix.Row(3).ToArray());
    }

    [Fact]
    public void Transform_WithGroup_ComparesRowsAndKeepsWhatIsOfTheGroupLast()
    {
        var matrix = FeaturePlan.Of(Data, [Clicks, Price], "course").Transform(Data);
        Assert.Equal(["clicks", "clicks.vs_group", "clicks.rank_in_group", "clicks.group_mean", "group.rows", "price"], matrix.Names);
        Assert.Equal(3, matrix.OwnWidth);
        Assert.Equal([0.25f, 0.75f], new[] { matrix.Row(0)[2], matrix.Row(1)[2] });
        Assert.True(float.IsNaN(matrix.Row(2)[1]));
        Assert.True(matrix.Row(3)[1] < matrix.Row(5)[1]);
    }

    [Fact]
    public void Transform_GroupThatTrainingNeverMet_IsComparedWithItsOwnRows()
    {
        var plan = FeaturePlan.Of(Data, [Clicks, Price], "course");
        var other = new Table("other", [Text("course", [0, 0], "new"), Number("clicks", [1, 9]), Number("price", [5, 5])]);
        Assert.Equal([0.25f, 0.75f], plan.Transform(other).Column(2));
    }

    [Fact]
    public void Transform_ColumnMissingOrOfAnotherKind_SaysWhich()
    {
        var plan = FeaturePlan.Of(Data, [Clicks], null);
        var without = new Table("file", [Course]);
        var other = new Table("file", [Text("clicks", [0], "many")]);
        Assert.Contains("no column 'clicks'", Assert.Throws<ImportException>(() => plan.Transform(without)).Message, StringComparison.Ordinal);
        Assert.Contains("holds Text values", Assert.Throws<ImportException>(() => plan.Transform(other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_ValuesBeyondTheBound_AreLimited()
    {
        var table = new Table("file", [Number("x", [float.MaxValue, float.MinValue])]);
        Assert.Equal([FeatureMatrix.Bound, -FeatureMatrix.Bound], FeaturePlan.Of(table, table.Columns, null).Transform(table).Column(0));
    }

    private static TableColumn Number(string name, float[] values) => new(name, ColumnKind.Number, values, null, false);

    private static TableColumn Text(string name, float[] values, params string[] levels) => new(name, ColumnKind.Text, values, levels, false);
}
