using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Models.Content;

/// <summary>
/// Compares one text with works letter by letter: with each description, with each title and description together, and
/// with the titles where there is no description. 1 means the same letters and digits in the same order, whatever stands
/// between them; anything else stays below 1.
/// </summary>
internal sealed class TextLikeness
{
    private const float BelowSame = 0.9999f;

    private readonly FeatureRarity rarity;
    private readonly string letters;
    private readonly ContentVector vector;

    /// <summary>Reads the text once.</summary>
    public TextLikeness(string text, FeatureRarity rarity)
    {
        this.rarity = rarity;
        letters = Letters(text);
        vector = Vector(text);
    }

    /// <summary>Likeness to a work, 0 to 1.</summary>
    public float Of(Work work) => Forms(work).Select(Of).DefaultIfEmpty(0).Max();

    private static IEnumerable<string> Forms(Work work)
    {
        var titles = work.Texts.Titles.Split(SearchText.Separator);
        var bodies = work.Texts.Body.Split(SearchText.Separator, StringSplitOptions.RemoveEmptyEntries);
        return bodies.Length == 0
            ? titles
            : bodies.Concat(bodies.Select((body, at) => $"{titles[Math.Min(at, titles.Length - 1)]}\n{body}"));
    }

    private static string Letters(string text) => string.Concat(FeatureBag.Normalize(text).Where(char.IsLetterOrDigit));

    private float Of(string form) => Letters(form) == letters && letters.Length > 0 ? 1 : Math.Min(BelowSame, vector.Likeness(Vector(form)));

    private ContentVector Vector(string text) => rarity.Vector(new FeatureBag().AddText(text, 1), int.MaxValue);
}
