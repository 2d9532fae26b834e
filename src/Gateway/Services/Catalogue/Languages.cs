namespace KpGrpc.Gateway.Services.Catalogue;

/// <summary>Languages of texts and reasons: the primary subtag of a BCP 47 tag decides.</summary>
internal static class Languages
{
    /// <summary>Language where a request names none.</summary>
    public const string Default = "en";

    /// <summary>Chinese.</summary>
    public const string Chinese = "zh";

    /// <summary>Longest tag, in characters (BCP 47 section 4.4.1).</summary>
    public const int TagCharsMax = 35;

    /// <summary>Primary subtag in lower case: <c>zh</c> of <c>zh-Hans-CN</c>.</summary>
    /// <param name="tag">A tag; empty means <see cref="Default"/>.</param>
    public static string Primary(string tag)
    {
        if (tag.Length == 0)
        {
            return Default;
        }

        var end = tag.IndexOf('-', StringComparison.Ordinal);
        return (end < 0 ? tag : tag[..end]).ToLowerInvariant();
    }

    /// <summary>Whether a text looks like a tag; empty counts as one.</summary>
    public static bool IsTag(string tag) =>
        tag.Length <= TagCharsMax && tag.All(character => char.IsAsciiLetterOrDigit(character) || character == '-') && !tag.StartsWith('-');
}
