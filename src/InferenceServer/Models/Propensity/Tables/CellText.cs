using System.Globalization;

namespace KpGrpc.InferenceServer.Models.Propensity.Tables;

/// <summary>How the text of a cell is read.</summary>
internal static class CellText
{
    private static readonly string[] MissingWords = ["", "na", "n/a", "nan", "null", "none", "nil", "\\n", "?", "<na>", "#n/a"];
    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
    ];

    /// <summary>True for an empty cell and for the usual words for one (NA, NaN, null, None, ?).</summary>
    public static bool IsMissing(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length > 5)
        {
            return false;
        }

        foreach (var word in MissingWords)
        {
            if (trimmed.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a number with a decimal point; infinities are none.</summary>
    public static bool TryNumber(string text, out double value) =>
        double.TryParse(text.AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Reads an ISO 8601 date or time, as days since 1970-01-01 UTC.</summary>
    public static bool TryDate(string text, out double days)
    {
        var trimmed = text.Trim();
        days = 0;
        if (trimmed.Length < 8 || !char.IsAsciiDigit(trimmed[0]) || !DateTimeOffset.TryParseExact(
            trimmed, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time))
        {
            return false;
        }

        days = (time - DateTimeOffset.UnixEpoch).TotalDays;
        return true;
    }

    /// <summary>The float nearest to a number; those out of range become the greatest or least float.</summary>
    public static float ToFloat(double value) => (float)Math.Clamp(value, float.MinValue, float.MaxValue);
}
