namespace KpGrpc.InferenceServer.Evaluation;

/// <summary>
/// Leave-one-out: the last item of a sequence is its test item, the second last its validation item, the rest trains.
/// A sequence of fewer than three items trains whole and is not evaluated.
/// </summary>
/// <param name="set">The data set.</param>
internal sealed class LeaveOneOut(InteractionSet set)
{
    private const int LengthMin = 3;

    /// <summary>The training part of every sequence; the same for validation and test.</summary>
    public IReadOnlyList<int[]> Train { get; } =
        [.. set.Sequences.Select(sequence => sequence.Length < LengthMin ? sequence : sequence[..^2])];

    /// <summary>The cases to rank: what is known of a learner (everything before the held-out item) and the item to find.</summary>
    public IEnumerable<(ReadOnlyMemory<int> History, int Target)> Cases(HeldOut part)
    {
        var fromEnd = part == HeldOut.Test ? 1 : 2;
        return set.Sequences.Where(sequence => sequence.Length >= LengthMin)
            .Select(sequence => ((ReadOnlyMemory<int>)sequence.AsMemory(0, sequence.Length - fromEnd), sequence[^fromEnd]));
    }
}
