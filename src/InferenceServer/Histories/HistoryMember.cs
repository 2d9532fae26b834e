using System.Globalization;
using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Histories;

/// <summary>
/// The member of a learner's sorted set: event id (32 hex digits) · kind (2 digits) · value (5 characters, or dashes) ·
/// work id. The same event always gives the same member, so writing it twice changes nothing; with the time as the
/// score, Redis' own order is the contract's: by time, then by event id.
/// </summary>
internal static class HistoryMember
{
    private const int WorkAt = 39;

    /// <summary>Encodes an event.</summary>
    public static string Encode(LearnerEvent entry)
    {
        var value = entry.Value is { } number ? number.ToString("0.000", CultureInfo.InvariantCulture) : "-----";
        return string.Create(CultureInfo.InvariantCulture, $"{entry.EventId:x32}{(byte)entry.Kind:D2}{value}{entry.WorkId}");
    }

    /// <summary>Decodes a member; null when it is none of ours.</summary>
    public static HistoryEntry? Decode(string member, double score)
    {
        if (member.Length < WorkAt || !byte.TryParse(member.AsSpan(32, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var kind))
        {
            return null;
        }

        double? value = double.TryParse(member.AsSpan(34, 5), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new HistoryEntry(member[WorkAt..], (EventKind)kind, (long)score, value);
    }
}
