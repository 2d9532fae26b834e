using System.Globalization;
using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Import;

/// <summary>The values that all history formats share, and their ranges.</summary>
internal static class HistoryValues
{
    /// <summary>Longest identifier, in UTF-16 units (the contract's).</summary>
    public const int IdLengthMax = 128;

    /// <summary>2020-01-01T00:00:00Z in Unix milliseconds: where synthetic times start.</summary>
    public const long SyntheticStart = 1_577_836_800_000;

    /// <summary>Between two positions of a history without times: one minute.</summary>
    public const long SyntheticStep = 60_000;

    private const double MillisecondsFrom = 1e11; // as seconds that would be the year 5138
    private const double UnixMillisecondsMax = 253_402_300_799_999; // 9999-12-31

    /// <summary>Reads a kind by the contract's word, such as <c>view</c> or <c>PURCHASE</c>.</summary>
    public static bool TryKind(string text, out EventKind kind) =>
        Enum.TryParse(text, ignoreCase: true, out kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(text[0])
        && kind is not (EventKind.Search or EventKind.Declaration); // they carry texts that no history file has

    /// <summary>Reads Unix seconds (fractions allowed), Unix milliseconds (from 1e11 up) or ISO 8601.</summary>
    public static bool TryTime(string text, out long unixMilliseconds)
    {
        unixMilliseconds = 0;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var milliseconds = number >= MillisecondsFrom ? number : number * 1000;
            unixMilliseconds = milliseconds is >= 0 and <= UnixMillisecondsMax ? (long)milliseconds : -1;
            return unixMilliseconds >= 0;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return false;
        }

        unixMilliseconds = time.ToUnixTimeMilliseconds();
        return unixMilliseconds >= 0;
    }

    /// <summary>Checks identifiers and makes the row; returns the fault in words, or null.</summary>
    public static string? Complete(string learner, string work, EventKind kind, long time, double? rating, out HistoryRow row)
    {
        row = new HistoryRow(learner, work, kind, time, kind == EventKind.Rating ? rating : null);
        return learner.Length is 0 or > IdLengthMax ? $"the learner is empty or longer than {IdLengthMax} characters"
            : work.Length is 0 or > IdLengthMax ? $"the work is empty or longer than {IdLengthMax} characters"
            : kind == EventKind.Rating && rating is null ? "a rating row has no rating"
            : null;
    }
}
