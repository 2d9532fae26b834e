namespace KpGrpc.InferenceServer.Models.Counts;

/// <summary>What one work of the history added to a score.</summary>
/// <param name="Item">Index of the work in the history.</param>
/// <param name="Share">Its part of the score, in (0, 1].</param>
internal readonly record struct Contribution(int Item, double Share);
