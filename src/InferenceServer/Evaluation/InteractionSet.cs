using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Evaluation;

/// <summary>A data set as the protocol needs it: one sequence a learner, works as dense indices.</summary>
/// <param name="Name">Name of the set, used in results.</param>
/// <param name="Sequences">One array a learner, item indices in [0, ItemCount), oldest first.</param>
/// <param name="ItemCount">Different works.</param>
internal sealed record InteractionSet(string Name, IReadOnlyList<int[]> Sequences, int ItemCount)
{
    /// <summary>Ids of the works by their index; empty where the set was not read from rows.</summary>
    public IReadOnlyList<string> WorkIds { get; init; } = [];

    /// <summary>All interactions.</summary>
    public long Interactions => Sequences.Sum(sequence => (long)sequence.Length);

    /// <summary>
    /// Gathers rows by learner and orders each by time; equal times keep the file's order. Works are numbered in the
    /// order of their first appearance. The whole set is in memory: 8 bytes and its share of ids an interaction.
    /// </summary>
    public static InteractionSet Of(string name, IEnumerable<HistoryRow> rows)
    {
        var learners = new Dictionary<string, List<(long Time, int Item)>>();
        var items = new Dictionary<string, int>();
        foreach (var row in rows)
        {
            if (!items.TryGetValue(row.WorkId, out var item))
            {
                items.Add(row.WorkId, item = items.Count);
            }

            if (!learners.TryGetValue(row.LearnerId, out var sequence))
            {
                learners.Add(row.LearnerId, sequence = []);
            }

            sequence.Add((row.UnixMilliseconds, item));
        }

        return new InteractionSet(
            name, [.. learners.Values.Select(sequence => sequence.OrderBy(entry => entry.Time).Select(entry => entry.Item).ToArray())], items.Count)
        {
            WorkIds = [.. items.Keys], // a dictionary that nothing was removed from keeps the order of insertion
        };
    }

    /// <summary>Each work once a learner, where she first turned to it.</summary>
    public InteractionSet WithoutRepeats() => this with { Sequences = [.. Sequences.Select(sequence => sequence.Distinct().ToArray())] };
}
