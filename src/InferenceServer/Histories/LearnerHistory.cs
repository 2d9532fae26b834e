using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Histories;

/// <summary>What is kept online of one learner.</summary>
/// <param name="Entries">The newest events, oldest first: by time, then by event id.</param>
/// <param name="Counts">Events by kind, those included that are no longer kept. Approximate: a crash between two commands to Redis can leave some out,
/// and events taken in again after they were trimmed count twice.</param>
/// <param name="Version">Grows with every recorded event of the learner; 0 = none.</param>
internal sealed record LearnerHistory(IReadOnlyList<HistoryEntry> Entries, IReadOnlyDictionary<EventKind, long> Counts, ulong Version)
{
    /// <summary>What the learner wrote herself, the newest texts, oldest first.</summary>
    public IReadOnlyList<LearnerText> Texts { get; init; } = [];

    /// <summary>What outlasts the events that are kept.</summary>
    public IReadOnlyList<WorkMark> Marks { get; init; } = [];

    /// <summary>True when nothing is known of the learner.</summary>
    public bool IsEmpty => Entries.Count == 0;

    /// <summary>Works that express interest, each once at its last occurrence, oldest first.</summary>
    public List<string> Interests()
    {
        var seen = new HashSet<string>();
        var newestFirst = new List<string>();
        for (var at = Entries.Count - 1; at >= 0; at--)
        {
            if (Interest.IsInterest(Entries[at].Kind, Entries[at].Value) && seen.Add(Entries[at].WorkId))
            {
                newestFirst.Add(Entries[at].WorkId);
            }
        }

        newestFirst.Reverse();
        return newestFirst;
    }

    /// <summary>Works that the learner has taken up: bought and not given back, enrolled in, played or finished.</summary>
    public HashSet<string> Taken()
    {
        var (taken, returned) = (Newest(WorkMark.Taken), Newest(WorkMark.Returned));
        return [.. taken.Where(entry => entry.Value > returned.GetValueOrDefault(entry.Key, long.MinValue)).Select(entry => entry.Key)];
    }

    /// <summary>Works that the learner asked not to see again.</summary>
    public HashSet<string> Hidden() => [.. Newest(WorkMark.Hidden).Keys];

    /// <summary>When each work was last so marked, by the marks and by the events that are kept.</summary>
    private Dictionary<string, long> Newest(char kind)
    {
        var newest = new Dictionary<string, long>(StringComparer.Ordinal);
        var marks = Marks.Where(mark => mark.Kind == kind).Select(mark => (mark.WorkId, mark.UnixMilliseconds));
        var events = Entries.Where(entry => WorkMark.KindOf(entry.Kind) == kind).Select(entry => (entry.WorkId, entry.UnixMilliseconds));
        foreach (var (work, at) in marks.Concat(events))
        {
            newest[work] = Math.Max(at, newest.GetValueOrDefault(work, long.MinValue));
        }

        return newest;
    }
}
