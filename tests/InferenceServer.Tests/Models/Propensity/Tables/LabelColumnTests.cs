using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Tables;

public sealed class LabelColumnTests
{
    [Theory]
    [InlineData("1", "0")]
    [InlineData("true", "FALSE")]
    [InlineData("Yes", "no")]
    [InlineData("1.0", "0.0")]
    [InlineData("1", "-1")]
    public void Read_UsualWords_AreUnderstood(string positive, string negative) =>
        Assert.Equal(40, LabelColumn.Read(Column(positive, negative), null).Count(label => label == true));

    [Fact]
    public void Read_OtherWords_AreAskedForAndTaken()
    {
        var column = Column("left", "stayed");
        Assert.Contains("--positive", Assert.Throws<ImportException>(() => LabelColumn.Read(column, null)).Message, StringComparison.Ordinal);
        Assert.Equal(40, LabelColumn.Read(column, "left").Count(label => label == true));
        Assert.Contains("is no value", Assert.Throws<ImportException>(() => LabelColumn.Read(column, "gone")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneClass_SaysHowManyOfEach()
    {
        var column = new TableColumn("y", ColumnKind.Text, new float[100], ["1"], false);
        Assert.Contains("100 positive and 0 negative", Assert.Throws<ImportException>(() => LabelColumn.Read(column, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingLabel_IsNull() => Assert.Null(LabelColumn.Read(Column("1", "0"), null)[^1]);

    private static TableColumn Column(string positive, string negative) => new(
        "y", ColumnKind.Text, [.. Enumerable.Repeat(0f, 40), .. Enumerable.Repeat(1f, 50), float.NaN], [positive, negative], false);
}
