using KpGrpc.InferenceServer.Commands;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using Microsoft.ML.Tokenizers;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Tokens;

public sealed class TaggingTokenizerTests
{
    private static readonly Vocabulary Known = new(
        [.. Vocabulary.Specials, "我", "爱", "play", "##ing", "##ed", "naive", "cafe", "!", ",", "2", "##0", "##2", "un", "##aff", "##able", "a", "##b", "𠀀", "豈", "σ", "i", "ss"]);

    [Theory]
    [InlineData("我爱 playing", "[CLS] 我 爱 play ##ing [SEP]", "0-1 1-2 3-7 7-10")]
    [InlineData("我play我", "[CLS] 我 play 我 [SEP]", "0-1 1-5 5-6")]
    [InlineData("Naïve CAFÉ!", "[CLS] naive cafe ! [SEP]", "0-5 6-10 10-11")]
    [InlineData("cafe\u0301,", "[CLS] cafe , [SEP]", "0-4 5-6")]
    [InlineData("unaffable", "[CLS] un ##aff ##able [SEP]", "0-2 2-5 5-9")]
    [InlineData("202", "[CLS] 2 ##0 ##2 [SEP]", "0-1 1-2 2-3")]
    [InlineData("a\u0000\uFFFDb", "[CLS] a ##b [SEP]", "0-1 3-4")]
    [InlineData("a\u200Bb", "[CLS] a ##b [SEP]", "0-1 2-3")]
    [InlineData("a\u00A0a\u3000a\ta", "[CLS] a a a a [SEP]", "0-1 2-3 4-5 6-7")]
    [InlineData("😀我", "[CLS] [UNK] 我 [SEP]", "0-1 1-2")]
    [InlineData("我😀我", "[CLS] 我 [UNK] 我 [SEP]", "0-1 1-2 2-3")]
    [InlineData("𠀀我", "[CLS] 𠀀 我 [SEP]", "0-1 1-2")]
    [InlineData("豈", "[CLS] 豈 [SEP]", "0-1")]
    [InlineData("Σ", "[CLS] σ [SEP]", "0-1")]
    [InlineData("İ", "[CLS] i [SEP]", "0-1")]
    [InlineData("", "[CLS] [SEP]", "")]
    [InlineData(" \t\n", "[CLS] [SEP]", "")]
    public void Tokenize_TextOfBasicTokenizersRules_GivesPiecesWithCodePoints(string text, string tokens, string places)
    {
        var tokenized = new TaggingTokenizer(Known).Tokenize(text);

        Assert.Equal(tokens, string.Join(' ', tokenized.Ids.Select(id => Known.Tokens[id])));
        Assert.Equal(places, string.Join(' ', Enumerable.Range(1, tokenized.Length - 2).Select(at => $"{tokenized.Starts[at]}-{tokenized.Ends[at]}")));
        Assert.Equal(text.EnumerateRunes().Count(), tokenized.CodePoints);
        Assert.False(tokenized.Truncated);
    }

    [Fact]
    public void Tokenize_LoneSurrogate_IsDroppedAndCounted()
    {
        var tokenized = new TaggingTokenizer(Known).Tokenize("我\uD83D我");

        Assert.Equal(3, tokenized.CodePoints);
        Assert.Equal([0, 2], tokenized.Starts[1..3]);
    }

    [Fact]
    public void Tokenize_CasedVocabulary_KeepsCaseAndAccents()
    {
        var cased = new Vocabulary([.. Vocabulary.Specials, "Ab", "ab", "é"]);

        var tokenized = new TaggingTokenizer(cased, lowerCase: false).Tokenize("Ab ab é");

        Assert.Equal([5, 6, 7], tokenized.Ids[1..4]);
    }

    [Fact]
    public void Tokenize_TextOfTooManyTokens_IsCutAndSaysSo()
    {
        var tokenizer = new TaggingTokenizer(Known, tokensMax: 8);

        var whole = tokenizer.Tokenize(new string('我', 6));
        var cut = tokenizer.Tokenize(new string('我', 7));

        Assert.Equal((8, false), (whole.Length, whole.Truncated));
        Assert.Equal((8, true, 7), (cut.Length, cut.Truncated, cut.CodePoints));
        Assert.Equal(Known.Sep, cut.Ids[^1]);
        Assert.Equal(6, cut.Ends[^2]);
    }

    [Fact]
    public void Tokenize_WordLongerThanTheBound_IsOneUnknown()
    {
        var tokenized = new TaggingTokenizer(Known).Tokenize("a" + new string('b', 100));

        Assert.Equal([Known.Cls, Known.Unknown, Known.Sep], tokenized.Ids);
        Assert.Equal((0, 101), (tokenized.Starts[1], tokenized.Ends[1]));
    }

    [Fact]
    public void Tokenize_PlainTexts_AgreesWithTheLibrarysBertTokenizer()
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Known.Tokens)));
        var library = BertTokenizer.Create(stream, new BertOptions { LowerCaseBeforeTokenization = true });
        var ours = new TaggingTokenizer(Known);

        foreach (var text in (string[])["我爱 playing, played!", "Unaffable我 2022 20 2 xyz", "a,a!a", "PLAYING我爱AB"])
        {
            Assert.Equal(library.EncodeToIds(text, addSpecialTokens: true), ours.Tokenize(text).Ids);
        }
    }

    [Fact]
    public void Tokenize_VocabularyWithEqualAndEmptyLines_CountsTheLast()
    {
        var tokenized = new TaggingTokenizer(new Vocabulary([.. Vocabulary.Specials, "a", "", "a", "", "##b"])).Tokenize("a ab");

        Assert.Equal([7, 7, 9], tokenized.Ids[1..4]);
    }

    [Fact]
    public void Tokenize_RealTextsAndVocabulary_GivesEveryMentionItsTokens()
    {
        var folder = DataFolder.Find();
        Assert.SkipWhen(folder is null, $"There are no real texts: {DataFolder.Searched()}.");
        var tokenizer = new TaggingTokenizer(Vocabulary.Read(Path.Combine(folder, "bert-base-chinese-vocab", "vocab.txt")));
        var path = Path.Combine(folder, "cluener", "dev.jsonl");

        var whole = 0;
        var mentions = 0;
        foreach (var text in TaggedTextReader.Read(path, TaggedFormat.Auto, new ImportReport(path)))
        {
            var tokenized = tokenizer.Tokenize(text.Text);
            var back = SpanAlignment.ToCodePoints(tokenized, SpanAlignment.ToTokens(tokenized, text.Spans));

            Assert.Equal(text.Spans.Count, back.Count);
            whole += back.Intersect(text.Spans).Count();
            mentions += back.Count;
        }

        Assert.InRange((double)whole / mentions, 0.98, 1); // the rest begins or ends inside a piece, such as 2010
    }
}
