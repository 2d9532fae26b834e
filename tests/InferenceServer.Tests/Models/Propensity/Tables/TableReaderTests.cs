using System.IO.Compression;
using System.Text;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Tables;
using Parquet;
using Parquet.Schema;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Tables;

public sealed class TableReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kp-table").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task ReadAsync_ColumnsOfAllKinds_TellsThemApart()
    {
        var table = await ReadAsync("id,age,joined,plan,empty\n1,20,2024-01-02,free,\n2,NA,2024-01-03 12:00:00,paid,\n3,30.5,,free,null\n");
        Assert.Equal([ColumnKind.Number, ColumnKind.Number, ColumnKind.Date, ColumnKind.Text, ColumnKind.Number], table.Columns.Select(column => column.Kind));
        Assert.Equal([true, false, false, false, false], table.Columns.Select(column => column.IsKey));
        Assert.Equal([20, float.NaN, 30.5f], table.Get("age", "").Values);
        Assert.Equal(1.5, table.Get("joined", "").Values[1] - table.Get("joined", "").Values[0]);
        Assert.Equal(["free", "paid"], table.Get("plan", "").Levels!);
    }

    [Theory]
    [InlineData("a;b\n1;x\n2;y\n")]
    [InlineData("a\tb\r\n1\tx\r\n2\ty\r\n")]
    [InlineData("\uFEFFa,b\n1,\"x\"\n\n2,\"y\"")]
    public async Task ReadAsync_OtherSeparatorsAndLineEnds_ReadsTheSame(string text)
    {
        var table = await ReadAsync(text);
        Assert.Equal([1, 2], table.Get("a", "").Values);
        Assert.Equal(["x", "y"], table.Get("b", "").Levels!);
    }

    [Fact]
    public async Task ReadAsync_Gzipped_ReadsTheSame()
    {
        var path = Path.Combine(folder, "data.csv.gz");
        await using (var file = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes("a,b\n1,2\n"), TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, (await ReadFileAsync(path, new ImportReport(path))).Rows);
    }

    [Fact]
    public async Task ReadAsync_TextColumnAskedFor_KeepsItsTexts()
    {
        var table = await ReadAsync("id,x\n007,1\n0070000000000000000001,2\n", "id");
        Assert.Equal(["007", "0070000000000000000001"], table.Get("id", "").Levels!);
    }

    [Fact]
    public async Task ReadAsync_RowsOfAnotherLength_AreReportedAndLeftOut()
    {
        var report = new ImportReport("data.csv");
        var table = await ReadFileAsync(Write("a,b\n1,2\n3\n4,5,6\n7,8\n"), report);
        Assert.Equal(2, table.Rows);
        Assert.Equal(2, report.Malformed);
        Assert.Contains(":3: 1 fields instead of the header's 2", report.Listed[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no row below a header")]
    [InlineData("a,b\n", "no row below a header")]
    [InlineData("a,a\n1,2\n", "2 columns named 'a'")]
    public async Task ReadAsync_NoUsableTable_SaysWhy(string text, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<ImportException>(() => ReadAsync(text))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task ReadAsync_InfinitiesAndGreatNumbers_AreTextOrLimited()
    {
        var table = await ReadAsync("x,y\n1e300,1\n-1e300,inf\n");
        Assert.Equal([float.MaxValue, float.MinValue], table.Get("x", "").Values);
        Assert.Equal(ColumnKind.Text, table.Get("y", "").Kind);
    }

    [Fact]
    public async Task ReadAsync_Parquet_ReadsNumbersBooleansDatesTextsAndNulls()
    {
        var path = Path.Combine(folder, "data.parquet");
        var (id, plan, ok, when, x) = (new DataField<long>("id"), new DataField<string>("plan"), new DataField<bool>("ok"), new DataField<DateTime>("when"), new DataField<double?>("x"));
        await using (var file = File.Create(path))
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(id, plan, ok, when, x), file, cancellationToken: TestContext.Current.CancellationToken);
            for (var part = 0; part < 2; part++)
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<long>(id, new long[] { (10 * part) + 1, (10 * part) + 2 }, cancellationToken: TestContext.Current.CancellationToken);
                await group.WriteAsync(plan, new[] { "free", "paid" });
                await group.WriteAsync<bool>(ok, new[] { true, false }, cancellationToken: TestContext.Current.CancellationToken);
                await group.WriteAsync<DateTime>(when, new[] { DateTime.UnixEpoch, DateTime.UnixEpoch.AddDays(2) }, cancellationToken: TestContext.Current.CancellationToken);
                await group.WriteAsync<double>(x, new double?[] { 0.5, null }, cancellationToken: TestContext.Current.CancellationToken);
            }
        }

        var table = await ReadFileAsync(path, new ImportReport(path), "ok");
        Assert.Equal(4, table.Rows);
        Assert.True(table.Get("id", "").IsKey);
        Assert.Equal([0.5f, float.NaN, 0.5f, float.NaN], table.Get("x", "").Values);
        Assert.Equal([0, 2, 0, 2], table.Get("when", "").Values);
        Assert.Equal(["True", "False"], table.Get("ok", "").Levels!);
        Assert.Equal(["free", "paid"], table.Get("plan", "").Levels!);
    }

    [Fact]
    public async Task ReadAsync_DamagedParquet_SaysSo()
    {
        var path = Path.Combine(folder, "bad.parquet");
        await File.WriteAllTextAsync(path, "PAR1 and nothing that follows from it", TestContext.Current.CancellationToken);
        Assert.Contains("cannot be read as Parquet", (await Assert.ThrowsAsync<ImportException>(() => ReadFileAsync(path, new ImportReport(path)))).Message, StringComparison.Ordinal);
    }

    private Task<Table> ReadAsync(string text, params string[] texts) => ReadFileAsync(Write(text), new ImportReport("data.csv"), texts);

    private string Write(string text)
    {
        var path = Path.Combine(folder, "data.csv");
        File.WriteAllText(path, text);
        return path;
    }

    private static Task<Table> ReadFileAsync(string path, ImportReport report, params string[] texts) =>
        TableReader.ReadAsync(path, texts.ToHashSet(), report, TestContext.Current.CancellationToken);
}
