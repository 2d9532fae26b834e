using CsCheck;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Tests.Import;

public sealed class HistoryReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kpgrpc-history-").FullName;

    [Fact]
    public void Read_Pairs_KeepsOrderPerLearnerWithSyntheticTimes()
    {
        var (rows, report) = Read("h.txt", "u1 a\nu2 b\nu1 c\n\n");

        Assert.Equal([("u1", "a", 0L), ("u2", "b", 0L), ("u1", "c", 1L)], rows.Select(Position));
        Assert.Equal((3, 0), (report.Read, report.Malformed));
    }

    [Fact]
    public void Read_Sequences_NumbersPositions()
    {
        var (rows, _) = Read("h.txt", "u1 a b c\r\nu2 d\r\n");

        Assert.Equal([("u1", "a", 0L), ("u1", "b", 1L), ("u1", "c", 2L), ("u2", "d", 0L)], rows.Select(Position));
    }

    [Fact]
    public void Read_RecBole_TakesUnixSeconds()
    {
        var (rows, report) = Read("h.inter", "user_id:token\titem_id:token\ttimestamp:float\n7\t9\t1450795534\n7\t9\tsoon\n7\t9\n");

        Assert.Equal(new HistoryRow("7", "9", EventKind.View, 1_450_795_534_000), Assert.Single(rows));
        Assert.Equal(2, report.Malformed);
        Assert.StartsWith($"{Path.Combine(folder, "h.inter")}:3: the time", report.Listed[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Csv_TakesKindsQuotesAndTimesOfAllShapes()
    {
        var (rows, report) = Read(
            "h.csv", "learner_id,work_id,kind,time,rating\nu,\"w,1\",purchase,2024-05-06T07:08:09Z,\nu,w2,RATING,1714979289000,0.5\nu,w3,14,1,\nu,w4,rating,1,7\nu,w5,,1,\n");

        Assert.Equal(
            [new HistoryRow("u", "w,1", EventKind.Purchase, 1_714_979_289_000), new HistoryRow("u", "w2", EventKind.Rating, 1_714_979_289_000, 0.5), new HistoryRow("u", "w5", EventKind.View, 1000)],
            rows);
        Assert.Equal(2, report.Malformed);
    }

    [Fact]
    public void Read_JsonLines_ReportsWhatIsNoObject()
    {
        var (rows, report) = Read(
            "h.jsonl", "{\"learner_id\":\"u\",\"work_id\":5,\"kind\":\"play\",\"time\":10}\n[1]\n{\"learner_id\":\n{\"work_id\":\"w\"}\n");

        Assert.Equal(new HistoryRow("u", "5", EventKind.Play, 10_000), Assert.Single(rows));
        Assert.Equal([2L, 3L, 4L], report.Listed.Select(LineOf));
    }

    [Fact]
    public void Read_MoreFaultsThanAreListed_CountsAll()
    {
        var (rows, report) = Read("h.csv", "learner_id,work_id\n" + string.Concat(Enumerable.Repeat("a,b,c\n", 50)) + "u,w\n");

        Assert.Single(rows);
        Assert.Equal((50, ImportReport.ListedMax), (report.Malformed, report.Listed.Count));
    }

    [Fact]
    public void Read_QuoteNeverClosed_CostsOnlyItsLine()
    {
        var (rows, report) = Read("h.csv", "learner_id,work_id\nu,\"w1\nu,w2\nu,w3\n");

        Assert.Equal(["w2", "w3"], rows.Select(row => row.WorkId));
        Assert.Equal(1, report.Malformed);
    }

    [Fact]
    public void Read_LineTooLong_IsReportedAndLeftOut()
    {
        var (rows, report) = Read("h.txt", "u1 a\n" + new string('x', InputLines.LengthMax + 70_000) + "\nu1 b\n");

        Assert.Equal(["a", "b"], rows.Select(row => row.WorkId));
        Assert.Equal([2L], report.Listed.Select(LineOf));
    }

    [Fact]
    public void Read_MissingFile_NamesIt()
    {
        var failure = Assert.Throws<ImportException>(
            () => HistoryReader.Read(Path.Combine(folder, "none.csv"), HistoryFormat.Auto, EventKind.View, new ImportReport("none.csv")).ToList());

        Assert.Contains("none.csv", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HeaderWithoutWork_IsRefusedAsAWhole() =>
        Assert.Throws<ImportException>(() => Read("h.csv", "learner_id,price\nu,1\n"));

    [Fact]
    public void Read_AnyBytes_NeverThrows() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[1, 5]).Sample(
            (bytes, format) =>
            {
                var path = Path.Combine(folder, $"{Guid.NewGuid():N}.any");
                File.WriteAllBytes(path, [.. "user_id,item_id\nuser_id\titem_id\n"u8, .. bytes]);
                var report = new ImportReport(path);
                try
                {
                    Assert.Equal(HistoryReader.Read(path, (HistoryFormat)format, EventKind.View, report).LongCount(), report.Read);
                }
                catch (ImportException) when ((HistoryFormat)format == HistoryFormat.RecBole)
                {
                    // the first line is no RecBole header: one clear message is the right answer
                }
            },
            iter: 300);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static (string Learner, string Work, long Position) Position(HistoryRow row) =>
        (row.LearnerId, row.WorkId, (row.UnixMilliseconds - HistoryValues.SyntheticStart) / HistoryValues.SyntheticStep);

    private static long LineOf(string fault) => long.Parse(fault.Split(':')[^2], System.Globalization.CultureInfo.InvariantCulture);

    private (List<HistoryRow> Rows, ImportReport Report) Read(string name, string content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, content);
        var report = new ImportReport(path);
        return (HistoryReader.Read(path, HistoryFormat.Auto, EventKind.View, report).ToList(), report);
    }
}
