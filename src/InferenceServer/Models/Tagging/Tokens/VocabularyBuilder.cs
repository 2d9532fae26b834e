namespace KpGrpc.InferenceServer.Models.Tagging.Tokens;

/// <summary>
/// Makes a vocabulary of single characters from texts, for a model that is trained from scratch: one token for each frequent
/// character at the start of a word and one for inside it (<c>##</c>), so that every mention begins and ends at a token.
/// </summary>
internal static class VocabularyBuilder
{
    /// <summary>Builds the vocabulary: the special tokens, then characters by falling frequency, equal ones in ordinal order.</summary>
    /// <param name="texts">The texts to be read.</param>
    /// <param name="splitter">How they are cut into words.</param>
    /// <param name="occurrencesMin">Characters seen less often become <c>[UNK]</c>, which so gets something to learn.</param>
    public static Vocabulary Build(IEnumerable<string> texts, WordSplitter splitter, int occurrencesMin)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var word in splitter.Split(text, out _))
            {
                var first = true;
                foreach (var character in word.Text.EnumerateRunes())
                {
                    var token = first ? character.ToString() : Vocabulary.ContinuationPrefix + character;
                    counts[token] = counts.GetValueOrDefault(token) + 1;
                    first = false;
                }
            }
        }

        return new Vocabulary(
        [
            .. Vocabulary.Specials,
            .. counts.Where(pair => pair.Value >= occurrencesMin).OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key).Take(Vocabulary.TokensMax - Vocabulary.Specials.Count),
        ]);
    }
}
