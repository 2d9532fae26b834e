using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Profile.V1;

namespace KpGrpc.Gateway.Services.Profiles;

/// <summary>Takes from a profile what the learner herself may see: no risks and no vectors.</summary>
internal static class ProfileTranslation
{
    public static LearnerProfile ToLearner(UserProfile profile)
    {
        var slim = new LearnerProfile
        {
            LearnerId = profile.LearnerId,
            EventCount = profile.EventCounts.Aggregate(0UL, (sum, kind) => sum + kind.Count),
            Version = profile.Version,
            ComputedAt = profile.ComputedAt,
        };
        slim.Interests.Add(profile.Interests.Select(interest => new Interest { Field = interest.Field, Weight = interest.Weight }));
        slim.RecentWorks.Add(profile.RecentWorks.Select(work => new RecentWork { WorkId = work.WorkId, Progress = work.Progress, LastAt = work.LastAt }));
        slim.Tags.Add(profile.Tags.Select(tag => new ProfileTag { Label = tag.Label, Text = tag.Text, Score = tag.Score }));
        return slim;
    }
}
