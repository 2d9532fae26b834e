namespace KpGrpc.InferenceServer.Recommending;

/// <summary>A work that passed the filters, with what ranks it.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Score">Above 0 where a model or the content speaks for it, in [-1, 0) where only popularity does.</param>
/// <param name="Path">The way by which it came.</param>
internal readonly record struct Candidate(int Row, double Score, RankPath Path);
