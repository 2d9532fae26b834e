namespace KpGrpc.InferenceServer.Profiles;

/// <summary>A text by its Unicode code points, as models and the contract count, over .NET's UTF-16 units.</summary>
/// <param name="text">The text.</param>
internal sealed class CodePoints(string text)
{
    private readonly List<int> units = UnitsOf(text);

    /// <summary>The part of the text from one code point up to another.</summary>
    public string Between(int start, int end) => text[units[start]..units[end]];

    private static List<int> UnitsOf(string text)
    {
        var units = new List<int>(text.Length + 1);
        for (var unit = 0; unit < text.Length; unit += char.IsSurrogatePair(text, unit) ? 2 : 1)
        {
            units.Add(unit);
        }

        units.Add(text.Length);
        return units;
    }
}
