using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Data;

public sealed class TaggedTextReaderTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    /// <inheritdoc />
    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_CluenerLines_GivesSpansInCodePoints()
    {
        var (texts, report) = Read(
            """
            {"text": "😀浙商银行叶老桂", "label": {"name": {"叶老桂": [[5, 7]]}, "company": {"浙商银行": [[1, 4]]}}}

            {"text": "没有"}
            {"text": "银行和银行", "label": {"company": {"银行": [[0, 1], [3, 4]]}}}
            """);

        Assert.Equal(["5-8:name 1-5:company", "", "0-2:company 3-5:company"], texts.Select(Show));
        Assert.Equal((3, 0), (report.Read, report.Malformed));
    }

    [Theory]
    [InlineData("{\"text\": \"ab\", \"label\": {\"a\": {\"ab\": [[0, 2]]}}}", "lies outside the text of 2 characters")]
    [InlineData("{\"text\": \"ab\", \"label\": {\"a\": {\"ab\": [[1, 0]]}}}", "[1, 0]")]
    [InlineData("{\"text\": \"ab\", \"label\": {\"a\": {\"ab\": [[0]]}}}", "[start, end_inclusive]")]
    [InlineData("{\"text\": \"ab\", \"label\": {\"a\": [0, 1]}}", "not the JSON")]
    [InlineData("{\"text\": \"ab\", \"label\": {\"a\": {\"ab\": [[0, 0.5]]}}}", "not the JSON")]
    [InlineData("{\"words\": \"ab\"}", "string 'text'")]
    [InlineData("{\"text\": ", "not the JSON")]
    public void Read_BadCluenerLine_IsReportedWithFileAndLine(string line, string reason)
    {
        var (texts, report) = Read($"{{\"text\": \"a\"}}\n{line}\n");

        Assert.Single(texts);
        Assert.StartsWith($"{folder.Combine("data.txt")}:2: ", report.Listed[0], StringComparison.Ordinal);
        Assert.Contains(reason, report.Listed[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BmesColumns_JoinsCharactersWithoutSpaces()
    {
        var (texts, _) = Read("浙 B-company\n商 M-company\n行 E-company\n2 O\n0 O\n叶 S-name\n\n\n我 O\n");

        Assert.Equal(["浙商行20叶", "我"], texts.Select(text => text.Text));
        Assert.Equal("0-3:company 5-6:name", Show(texts[0]));
    }

    [Fact]
    public void Read_ConllColumns_PutsSpacesBetweenWords()
    {
        var (texts, _) = Read("-DOCSTART- -X- O O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\nPeter NNP B-NP B-PER\nBlackburn NNP I-NP I-PER\n", TaggedFormat.Bio);

        Assert.Equal("EU rejects Peter Blackburn", Assert.Single(texts).Text);
        Assert.Equal("0-2:ORG 11-26:PER", Show(texts[0]));
    }

    [Fact]
    public void Read_ColumnsWithABadLine_LeavesOutItsSentenceAlone()
    {
        var (texts, report) = Read("a B-x\nb\n\nc O\n", TaggedFormat.Bio);

        Assert.Equal("c", Assert.Single(texts).Text);
        Assert.StartsWith($"{folder.Combine("data.txt")}:2: the line has no tag", report.Listed[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EndTagsInAFileNamedBio_AreRefused()
    {
        var failure = Assert.Throws<ImportException>(() => Read("a B-x\nb E-x\n", TaggedFormat.Bio));

        Assert.Contains("'E-x' is no tag of BIO", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public void Read_EmptyFile_SaysSo(string content) =>
        Assert.Contains("is empty", Assert.Throws<ImportException>(() => Read(content)).Message, StringComparison.Ordinal);

    private static string Show(TaggedText text) => string.Join(' ', text.Spans.Select(span => $"{span.Start}-{span.End}:{span.Label}"));

    private (List<TaggedText> Texts, ImportReport Report) Read(string content, TaggedFormat format = TaggedFormat.Auto)
    {
        var path = folder.Combine("data.txt");
        File.WriteAllText(path, content);
        var report = new ImportReport(path);
        return (TaggedTextReader.Read(path, format, report), report);
    }
}
