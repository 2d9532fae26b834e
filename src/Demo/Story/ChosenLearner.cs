using KpGrpc.Demo.Data;

namespace KpGrpc.Demo.Story;

/// <summary>Whose story is told.</summary>
internal static class ChosenLearner
{
    /// <summary>The learner with the most works, ties to the lower id: a rich history, and the same learner every time.</summary>
    /// <exception cref="DemoException">There is none.</exception>
    public static LearnerHistory Of(IReadOnlyList<LearnerHistory> histories) =>
        histories.OrderByDescending(history => history.WorkIds.Count).ThenBy(history => history.LearnerId, StringComparer.Ordinal).FirstOrDefault()
        ?? throw new DemoException("the input holds no learner");
}
