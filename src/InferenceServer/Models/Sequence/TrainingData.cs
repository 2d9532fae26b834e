namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>What a recommender is trained on.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="Histories">One array a learner, indices in [0, works), oldest first; without what is held out.</param>
/// <param name="Validation">Cases that settings and the best epoch are chosen by.</param>
/// <param name="WorkIds">Ids of the works by index.</param>
internal sealed record TrainingData(
    string Name,
    IReadOnlyList<int[]> Histories,
    IReadOnlyList<(ReadOnlyMemory<int> History, int Target)> Validation,
    IReadOnlyList<string> WorkIds);
