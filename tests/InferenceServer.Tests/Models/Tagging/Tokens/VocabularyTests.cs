using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Tokens;

public sealed class VocabularyTests
{
    [Fact]
    public void Read_WrittenFile_GivesTheSameIds()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("vocab.txt");
        new Vocabulary([.. Vocabulary.Specials, "我", "##ing"]).Write(path);

        var read = Vocabulary.Read(path);

        Assert.Equal(7, read.Count);
        Assert.True(read.TryGetId("##ing", out var id));
        Assert.Equal(6, id);
        Assert.Equal((0, 1, 2, 3, 4), (read.Pad, read.Unknown, read.Cls, read.Sep, read.Mask));
    }

    [Fact]
    public void New_WithoutSpecialTokens_NamesThem()
    {
        var failure = Assert.Throws<ImportException>(() => new Vocabulary(["[PAD]", "[UNK]", "a"]));

        Assert.Contains("[CLS], [SEP], [MASK]", failure.Message, StringComparison.Ordinal);
    }
}
