using System.Globalization;
using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Histories;

/// <summary>
/// The member of a learner's sorted set of texts: event id (32 hex digits) · kind (2 digits) · numbers of fields with
/// commas between them · <c>|</c> · words. The same event always gives the same member.
/// </summary>
internal static class TextMember
{
    private const int FieldsAt = 34;

    /// <summary>Encodes an event that has a text.</summary>
    public static string Encode(LearnerEvent entry) => string.Create(
        CultureInfo.InvariantCulture, $"{entry.EventId:x32}{(byte)entry.Kind:D2}{string.Join(',', entry.Text!.Fields)}|{entry.Text.Words}");

    /// <summary>Decodes a member; null when it is none of ours.</summary>
    public static LearnerText? Decode(string member, double score)
    {
        var bar = member.IndexOf('|', StringComparison.Ordinal);
        if (bar < FieldsAt || !byte.TryParse(member.AsSpan(32, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var kind))
        {
            return null;
        }

        var fields = member[FieldsAt..bar].Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(field => int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
        return new LearnerText((EventKind)kind, member[(bar + 1)..], [.. fields.Where(field => field > 0)], (long)score);
    }
}
