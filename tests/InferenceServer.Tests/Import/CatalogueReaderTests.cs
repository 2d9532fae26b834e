using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Import;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Import;

public sealed class CatalogueReaderTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public void Read_OwnCsv_TakesEveryColumnAndReportsBadRows()
    {
        var (rows, report) = Read("c.csv", """
            work_id,title:zh,title:en,description:en,field,kind,producer_id,tags,price_minor,currency,exponent,published,published_at
            w1,标题,Title,"Two
            lines, quoted",health,book,p1,a|b,990,EUR,2,false,2024-01-02
            w2,,,,,,,,,,,,
            w3,T,,,,,,,many,,,,
            w4,T,,,,,,,,,,,
            """);

        Assert.Equal(["w1", "w4"], rows.Select(row => row.WorkId));
        Assert.Equal([("zh", "标题"), ("en", "Title")], rows[0].Titles);
        Assert.Equal("Two\nlines, quoted", rows[0].Descriptions[0].Text);
        Assert.Equal((new Price(990, "EUR", 2), false, "health", "book"), (rows[0].Price, rows[0].Published, rows[0].Field, rows[0].Kind));
        Assert.Equal(["a", "b"], rows[0].Tags);
        Assert.Equal((2, 2), (report.Read, report.Malformed));
    }

    [Fact]
    public void Read_MoocCubeX_MapsIdsNamesSchoolsAndFields()
    {
        var (rows, _) = Read("courses.csv", """
            original_id,mapped_id,name,about,prerequisites,fields,schools,key_concepts
            C_1,0,临床医学导论,关于,,基础医学|临床医学,清华大学,心脏|血压
            C_2,1,高等数学,,,,,
            """);

        Assert.Equal(("0", "health", "清华大学"), (rows[0].WorkId, rows[0].Field, rows[0].ProducerId));
        Assert.Equal(["心脏", "血压"], rows[0].Tags);
        Assert.Equal(("1", "education", "unknown"), (rows[1].WorkId, rows[1].Field, rows[1].ProducerId));
    }

    [Fact]
    public void Read_JsonLines_TakesTheSampleShapeAndReportsTheRest()
    {
        var (rows, report) = Read("works.jsonl", """
            {"work_id":"w-1","kind":"course","field":"finance","producer_id":"p","titles":{"zh":"甲","en":"A"},"descriptions":{"en":"d"},"language":"zh","level":"beginner","duration_minutes":240,"price":{"minor_units":6900,"currency_code":"CNY","exponent":2},"tags":["t"],"published":true,"published_at":"2023-02-14"}
            {"work_id":"w-2"}
            {"work_id":"w-3","titles":{"zh":5}}
            nonsense
            """);

        var row = Assert.Single(rows);
        Assert.Equal((240, "beginner", new Price(6900, "CNY", 2)), (row.DurationMinutes, row.Level, row.Price));
        Assert.Equal(3, report.Malformed);
    }

    [Fact]
    public void PriceDistribution_SameWork_SamePriceFromTheFile()
    {
        var path = folder.Combine("prices.csv");
        File.WriteAllText(path, "course_id,price\n1,200\n2,0\n3,x\n4,19.99\n");
        var report = new ImportReport(path);

        var prices = PriceDistribution.Read(path, report);

        Assert.Equal(prices.Of("w"), prices.Of("w"));
        Assert.Equal([0L, 1999L, 20000L], Enumerable.Range(0, 100).Select(at => prices.Of($"w{at}").MinorUnits).Distinct().Order());
        Assert.Equal((3, 1), (report.Read, report.Malformed));
    }

    public void Dispose() => folder.Dispose();

    private (List<CatalogueRow> Rows, ImportReport Report) Read(string name, string content)
    {
        var path = folder.Combine(name);
        File.WriteAllText(path, content);
        var report = new ImportReport(path);
        return (CatalogueReader.Read(path, report).ToList(), report);
    }
}
