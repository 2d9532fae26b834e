using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Histories;

/// <summary>That a learner took a work up, gave it back or hid it, with the last time she did: kept when the event itself has been pushed out by newer ones.</summary>
/// <param name="Kind"><see cref="Taken"/>, <see cref="Returned"/> or <see cref="Hidden"/>.</param>
/// <param name="WorkId">Work.</param>
/// <param name="UnixMilliseconds">When.</param>
internal readonly record struct WorkMark(char Kind, string WorkId, long UnixMilliseconds)
{
    /// <summary>Bought, enrolled in, played or finished.</summary>
    public const char Taken = 't';

    /// <summary>Given back.</summary>
    public const char Returned = 'r';

    /// <summary>Not to be seen again.</summary>
    public const char Hidden = 'h';

    private const char None = ' ';

    /// <summary>The member of the sorted set, whose score is the time.</summary>
    public string Member => $"{Kind}{WorkId}";

    /// <summary>What an event of a kind says about its work.</summary>
    public static char KindOf(EventKind kind) => kind switch
    {
        EventKind.Purchase or EventKind.Enrol or EventKind.Play or EventKind.Complete => Taken,
        EventKind.Refund => Returned,
        EventKind.Hide => Hidden,
        _ => None,
    };

    /// <summary>True when an event of the kind leaves a mark.</summary>
    public static bool IsMark(EventKind kind) => KindOf(kind) != None;

    /// <summary>Decodes a member; null when it is none of ours.</summary>
    public static WorkMark? Decode(string member, double score) =>
        member.Length > 1 && member[0] is Taken or Returned or Hidden ? new WorkMark(member[0], member[1..], (long)score) : null;
}
