using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Recommending.Scoring;

/// <summary>
/// One version of a model that scores all works for a history, lent to one request: disposing it gives it back, and a
/// version that all have given back can leave memory. Thread-safe.
/// </summary>
internal interface IWorkScorer : IDisposable
{
    /// <summary>The model's name.</summary>
    string Model { get; }

    /// <summary>Its version.</summary>
    string Version { get; }

    /// <summary>The way that results which it scores are said to come by.</summary>
    RankPath Path { get; }

    /// <summary>The batch that scored; null before that, and for a model that needs none.</summary>
    BatchFacts? Batch { get; }

    /// <summary>True when the model learned of the work in training; others are scored through works of like content.</summary>
    bool Knows(string workId);

    /// <summary>Scores the catalogue.</summary>
    /// <param name="table">The catalogue version that rows belong to.</param>
    /// <param name="trail">Works of the learner, oldest first, each once; may name works that the model or the catalogue lacks.</param>
    /// <param name="scores">[table.Count], all 0 when given: above 0 where the model speaks for the work, by its order; 0 where it says nothing. Finite.</param>
    /// <param name="cancellationToken">The request's.</param>
    ValueTask ScoreAsync(WorkTable table, IReadOnlyList<string> trail, Memory<float> scores, CancellationToken cancellationToken);

    /// <summary>What each work of the trail adds to the score of a work, as shares of it, the greatest first.</summary>
    /// <param name="trail">As above.</param>
    /// <param name="workId">The work.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">The request's.</param>
    ValueTask<IReadOnlyList<(string WorkId, double Share)>> ExplainAsync(
        IReadOnlyList<string> trail, string workId, int most, CancellationToken cancellationToken);

    /// <summary>What the model makes of a trail, as a vector of its width; null for a model that has none.</summary>
    ValueTask<float[]?> StateAsync(IReadOnlyList<string> trail, CancellationToken cancellationToken) => ValueTask.FromResult<float[]?>(null);
}
