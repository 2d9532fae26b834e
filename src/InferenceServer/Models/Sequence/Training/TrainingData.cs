using KpGrpc.InferenceServer.Evaluation;

namespace KpGrpc.InferenceServer.Models.Sequence.Training;

/// <summary>What a recommender is trained on.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="Histories">One array a learner, indices in [0, works), oldest first; without what is held out.</param>
/// <param name="Validation">Cases that settings and the best epoch are chosen by.</param>
/// <param name="WorkIds">Ids of the works by index.</param>
internal sealed record TrainingData(
    string Name,
    IReadOnlyList<int[]> Histories,
    IReadOnlyList<(ReadOnlyMemory<int> History, int Target)> Validation,
    IReadOnlyList<string> WorkIds)
{
    private const int LengthMin = 3;

    /// <summary>By the protocol of <see cref="LeaveOneOut"/>: the last work of each history is left for a later evaluation.</summary>
    public static TrainingData ForEvaluation(InteractionSet set)
    {
        var split = new LeaveOneOut(set);
        return new TrainingData(set.Name, split.Train, [.. split.Cases(HeldOut.Validation)], set.WorkIds);
    }

    /// <summary>For service: only the last work of each history is held out, to choose the best epoch by.</summary>
    public static TrainingData ForService(InteractionSet set)
    {
        var findable = set.Sequences.Where(sequence => sequence.Length >= LengthMin).ToArray();
        return new TrainingData(
            set.Name,
            [.. set.Sequences.Select(sequence => sequence.Length < LengthMin ? sequence : sequence[..^1])],
            [.. findable.Select(sequence => ((ReadOnlyMemory<int>)sequence.AsMemory(0, sequence.Length - 1), sequence[^1]))],
            set.WorkIds);
    }
}
