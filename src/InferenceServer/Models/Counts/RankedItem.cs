namespace KpGrpc.InferenceServer.Models.Counts;

/// <summary>One work of a ranking.</summary>
/// <param name="Item">Index of the work.</param>
/// <param name="Score">Above 0 on the path <see cref="RankPath.Counts"/>; in [-1, 0) on <see cref="RankPath.Popular"/>: one order over both.</param>
/// <param name="Path">The rule that put it here.</param>
/// <param name="Because">The works of the history that contributed most, strongest first; empty on the popular path.</param>
internal readonly record struct RankedItem(int Item, double Score, RankPath Path, IReadOnlyList<Contribution> Because);

/// <summary>What one work of the history added to a score.</summary>
/// <param name="Item">Index of the work in the history.</param>
/// <param name="Share">Its part of the score, in (0, 1].</param>
internal readonly record struct Contribution(int Item, double Share);
