using System.Collections.Frozen;
using KpGrpc.InferenceServer.Models.Counts;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>One trained version of the counts model with what its indices mean. Immutable.</summary>
/// <param name="Model">The model.</param>
/// <param name="WorkIds">Identifier by index, in ordinal order: equal scores fall in the order of identifiers.</param>
/// <param name="Indices">Index by identifier.</param>
/// <param name="Version">Name of the version; empty before the first training.</param>
/// <param name="Learners">Learners that it was trained on.</param>
/// <param name="Events">Events in the log when it was trained.</param>
/// <param name="TrainedAt">When, in Unix milliseconds.</param>
internal sealed record TrainedCounts(
    CountsModel Model, IReadOnlyList<string> WorkIds, FrozenDictionary<string, int> Indices, string Version, int Learners, long Events, long TrainedAt)
{
    /// <summary>What serves before the first training: no counts, no popularity.</summary>
    public static TrainedCounts Empty(CountsOptions options) =>
        new(CountsTrainer.Train([], 0, options, CancellationToken.None), [], FrozenDictionary<string, int>.Empty, "0", 0, 0, 0);
}
