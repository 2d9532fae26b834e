using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Data;

public sealed class PlainTextReaderTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    /// <inheritdoc />
    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_LongLine_IsCutAfterSentencesAndNothingIsLost()
    {
        var line = string.Concat(Enumerable.Repeat("一二三四五六七八九十一二三四五六七八九。", 10));

        var pieces = Read("t.txt", line);

        Assert.Equal(line, string.Concat(pieces));
        Assert.All(pieces, piece => Assert.True(piece.Length <= PlainTextReader.PieceLengthMax && piece.EndsWith('。')));
    }

    [Fact]
    public void Read_CutInsideASurrogatePair_KeepsThePair()
    {
        var pieces = Read("t.txt", new string('a', PlainTextReader.PieceLengthMax - 1) + "😀aaaaaaaaaa");

        Assert.Equal(new string('a', PlainTextReader.PieceLengthMax - 1), pieces[0]);
        Assert.StartsWith("😀", pieces[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Csv_TakesColumnsOfProse() =>
        Assert.Equal(["course number one", "about course one"], Read("t.csv", "id,name,about\n12345678901,course number one,about course one\n"));

    [Fact]
    public void Read_CsvWithoutProse_SaysWhichColumnsAreRead() =>
        Assert.Contains("about", Assert.Throws<ImportException>(() => Read("t.csv", "id,price\n1,2\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_JsonLines_TakesTheTexts() => Assert.Equal(["abcdefgh"], Read("t.jsonl", "{\"text\":\"abcdefgh\"}\n{\"text\":3}\n"));

    private List<string> Read(string name, string content)
    {
        File.WriteAllText(folder.Combine(name), content);
        return [.. PlainTextReader.Read(folder.Combine(name), new ImportReport(name))];
    }
}
