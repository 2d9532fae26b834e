using KpGrpc.InferenceServer.Models.Propensity.Features;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Features;

public sealed class ColumnFamiliesTests
{
    [Fact]
    public void Find_NumberBeforeTheName_MakesOnePanelInTheOrderOfTheNumbers()
    {
        var panel = Assert.Single(Find([.. new[] { 10, 9, 1, 2 }.SelectMany(day => new[] { $"d{day:D2}_video", $"d{day:D2}_wiki" }), "age"]));
        Assert.Equal(["video", "wiki"], panel.Channels.Select(channel => channel.Name));
        Assert.Equal(["d01_video", "d02_video", "d09_video", "d10_video"], panel.Channels[0].Columns);
    }

    [Fact]
    public void Find_NumberBehindTheName_MakesOnePanelOfBothSeries()
    {
        var panel = Assert.Single(Find([.. Enumerable.Range(1, 8).SelectMany(week => new[] { $"clicks_week{week}", $"views_week{week}" })]));
        Assert.Equal(["clicks_week", "views_week"], panel.Channels.Select(channel => channel.Name));
    }

    [Fact]
    public void Find_TwoNumbersInAName_TakesTheOneThatRunsFarther()
    {
        var panel = Assert.Single(Find([.. Enumerable.Range(1, 9).Select(day => $"v2_day{day}")]));
        Assert.Equal(9, panel.Steps);
    }

    [Fact]
    public void Find_FewColumnsOfOneName_MakesNone() => Assert.Empty(Find(["x1", "x2", "x3", "y", "99999999999999999999999"]));

    private static List<PanelBlock> Find(IEnumerable<string> names) =>
        ColumnFamilies.Find(names.Select(name => new TableColumn(name, ColumnKind.Number, [], null, false)));
}
