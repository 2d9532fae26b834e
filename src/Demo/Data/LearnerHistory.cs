namespace KpGrpc.Demo.Data;

/// <summary>What one learner took up, in the order in which it counts, each work once.</summary>
/// <param name="LearnerId">Identifier, 1 to 128 characters.</param>
/// <param name="WorkIds">Works, oldest first.</param>
internal sealed record LearnerHistory(string LearnerId, IReadOnlyList<string> WorkIds);
