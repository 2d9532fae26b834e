using System.Text;

namespace KpGrpc.InferenceServer.Models.Tagging.Tokens;

/// <summary>
/// Cuts a text into words as BERT's <c>BasicTokenizer</c> does, and remembers where every character came from, which that
/// one does not: ideographs and punctuation stand alone, spaces separate, control characters vanish, and where
/// <paramref name="lowerCase"/> is set letters are folded. Special tokens in a text, such as <c>[SEP]</c>, are plain text here.
/// </summary>
/// <param name="lowerCase">Whether letters become lower-case and lose their accents (Hugging Face's <c>do_lower_case</c>).</param>
internal sealed class WordSplitter(bool lowerCase)
{
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;
    private const int Vowels = 21;
    private const int Trails = 28;

    /// <summary>The words in order.</summary>
    /// <param name="text">Any text; a lone surrogate counts as one code point and is dropped.</param>
    /// <param name="codePoints">How many Unicode code points the text has.</param>
    public List<Word> Split(string text, out int codePoints)
    {
        var words = new List<Word>(text.Length);
        var letters = new StringBuilder();
        var origins = new List<int>();
        codePoints = 0;
        foreach (var character in text.EnumerateRunes())
        {
            var at = codePoints++;
            if (UnicodeKinds.IsControl(character) || (lowerCase && UnicodeKinds.IsAccent(character)))
            {
                continue;
            }

            if (UnicodeKinds.IsSpace(character))
            {
                Finish(words, letters, origins);
                continue;
            }

            var alone = UnicodeKinds.IsIdeograph(character);
            if (alone)
            {
                Finish(words, letters, origins);
            }

            foreach (var folded in Fold(character))
            {
                var cut = UnicodeKinds.IsPunctuation(folded);
                if (cut)
                {
                    Finish(words, letters, origins);
                }

                letters.Append(folded.ToString());
                for (var unit = 0; unit < folded.Utf16SequenceLength; unit++)
                {
                    origins.Add(at);
                }

                if (cut)
                {
                    Finish(words, letters, origins);
                }
            }

            if (alone)
            {
                Finish(words, letters, origins);
            }
        }

        Finish(words, letters, origins);
        return words;
    }

    private static void Finish(List<Word> words, StringBuilder letters, List<int> origins)
    {
        if (letters.Length == 0)
        {
            return;
        }

        words.Add(new Word(letters.ToString(), [.. origins]));
        letters.Clear();
        origins.Clear();
    }

    private IEnumerable<Rune> Fold(Rune character)
    {
        if (!lowerCase)
        {
            return [character];
        }

        if (character.Value is >= HangulFirst and <= HangulLast)
        {
            return Jamo(character.Value - HangulFirst);
        }

        var lower = Rune.ToLowerInvariant(character);
        return AccentTable.Fold(lower) is { } rest ? rest.EnumerateRunes() : [lower];
    }

    /// <summary>A Hangul syllable decomposes by arithmetic (Unicode 3.12).</summary>
    private static List<Rune> Jamo(int syllable)
    {
        var trail = syllable % Trails;
        var jamo = new List<Rune>(3) { new(0x1100 + (syllable / Trails / Vowels)), new(0x1161 + (syllable / Trails % Vowels)) };
        if (trail > 0)
        {
            jamo.Add(new Rune(0x11A7 + trail));
        }

        return jamo;
    }
}
