using System.Globalization;
using System.Text;

namespace KpGrpc.InferenceServer.Models.Tagging.Tokens;

/// <summary>
/// The four kinds of characters that BERT's <c>BasicTokenizer</c> tells apart (google-research/bert
/// <c>tokenization.py</c>, which Hugging Face's tokenizers repeat).
/// </summary>
internal static class UnicodeKinds
{
    /// <summary>Space, tab, line ends and every separator of Unicode's class Zs.</summary>
    public static bool IsSpace(Rune character) =>
        character.Value is ' ' or '\t' or '\n' or '\r' || Rune.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator;

    /// <summary>Characters that are dropped: NUL, the replacement character and every class C* but tab and line ends.</summary>
    public static bool IsControl(Rune character) =>
        character.Value is 0 or 0xFFFD
        || (character.Value is not ('\t' or '\n' or '\r')
            && Rune.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>Every printable ASCII character that is no letter, digit or space, and Unicode's classes P*.</summary>
    public static bool IsPunctuation(Rune character) =>
        character.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        || Rune.GetUnicodeCategory(character) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation
            or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    /// <summary>CJK ideographs, each of which is a word: the blocks that BERT names. Kana and Hangul are not among them.</summary>
    public static bool IsIdeograph(Rune character) =>
        character.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
            or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);

    /// <summary>A mark that combines with the character before it (Mn): what accent stripping drops.</summary>
    public static bool IsAccent(Rune character) => Rune.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark;
}
