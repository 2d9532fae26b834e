namespace KpGrpc.InferenceServer.Recommending;

/// <summary>Why a work is, or is not, recommended to a learner.</summary>
/// <param name="Result">Score, path and reasons.</param>
/// <param name="Rank">Place among all works that pass, from 1; 0 when it is kept out.</param>
/// <param name="Exclusion">What keeps it out.</param>
internal sealed record Explained(Recommended Result, int Rank, Exclusion Exclusion);
