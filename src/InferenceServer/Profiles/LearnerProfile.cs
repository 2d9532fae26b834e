using KpGrpc.InferenceServer.Events;

namespace KpGrpc.InferenceServer.Profiles;

/// <summary>What a history says of a learner.</summary>
/// <param name="Interests">Fields (the contract's numbers) with shares that add up to 1, by falling share, then number.</param>
/// <param name="TopWorks">Works that matter most, by falling weight, then identifier.</param>
/// <param name="RecentWorks">Works last touched, by falling time, then identifier.</param>
/// <param name="Counts">Events by kind.</param>
/// <param name="FirstAt">First event that is kept, in Unix milliseconds.</param>
/// <param name="LastAt">Last event, in Unix milliseconds.</param>
/// <param name="Churn">Probability that the learner leaves; null where no model is loaded.</param>
/// <param name="Conversion">Probability that the learner pays; null where no model is loaded.</param>
internal sealed record LearnerProfile(
    IReadOnlyList<(int Field, double Weight)> Interests,
    IReadOnlyList<WorkActivity> TopWorks,
    IReadOnlyList<WorkActivity> RecentWorks,
    IReadOnlyDictionary<EventKind, long> Counts,
    long FirstAt,
    long LastAt,
    RiskPrediction? Churn,
    RiskPrediction? Conversion);

/// <summary>A work in a history.</summary>
/// <param name="WorkId">Work.</param>
/// <param name="LastKind">Last kind of event on it.</param>
/// <param name="LastAt">When, in Unix milliseconds.</param>
/// <param name="Progress">How far it was consumed, 0 to 1.</param>
/// <param name="Weight">Its share of the learner's interest, 0 to 1.</param>
internal sealed record WorkActivity(string WorkId, EventKind LastKind, long LastAt, double Progress, double Weight);
