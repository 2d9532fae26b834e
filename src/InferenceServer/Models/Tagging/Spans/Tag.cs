namespace KpGrpc.InferenceServer.Models.Tagging.Spans;

/// <summary>The tag of a token.</summary>
/// <param name="Position">Where in a mention it stands.</param>
/// <param name="Label">What is mentioned; empty outside.</param>
internal readonly record struct Tag(TagPosition Position, string Label)
{
    /// <summary>Reads a tag such as <c>B-company</c>, <c>M_company</c>, <c>O</c> or the bare <c>company</c>.</summary>
    public static Tag Parse(string text)
    {
        if (text is "O" or "o" or "")
        {
            return new Tag(TagPosition.Outside, "");
        }

        if (text.Length > 2 && text[1] is '-' or '_' && PositionOf(text[0]) is { } position)
        {
            return new Tag(position, text[2..]);
        }

        return new Tag(TagPosition.Any, text);
    }

    private static TagPosition? PositionOf(char letter) => char.ToUpperInvariant(letter) switch
    {
        'B' => TagPosition.Begin,
        'I' or 'M' => TagPosition.Inside,
        'E' or 'L' => TagPosition.End,
        'S' or 'U' or 'W' => TagPosition.Single,
        _ => null,
    };
}
