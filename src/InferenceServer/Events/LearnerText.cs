namespace KpGrpc.InferenceServer.Events;

/// <summary>What a learner wrote herself: a declaration, a search, or the words of a rating.</summary>
/// <param name="Kind">In which kind of event.</param>
/// <param name="Words">Her words; may be empty where fields are not.</param>
/// <param name="Fields">Fields that a declaration names, by the contract's numbers.</param>
/// <param name="UnixMilliseconds">When.</param>
internal sealed record LearnerText(EventKind Kind, string Words, IReadOnlyList<int> Fields, long UnixMilliseconds);
