using KpGrpc.InferenceServer.Models.Tagging.Tokens;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Tokens;

public sealed class VocabularyBuilderTests
{
    [Fact]
    public void Build_Texts_TakesFrequentCharactersInsideAndAtTheStartOfWords()
    {
        var vocabulary = VocabularyBuilder.Build(["我我我 ab", "AB 爱"], new WordSplitter(lowerCase: true), occurrencesMin: 2);

        Assert.Equal([.. Vocabulary.Specials, "我", "##b", "a"], vocabulary.Tokens);
    }
}
