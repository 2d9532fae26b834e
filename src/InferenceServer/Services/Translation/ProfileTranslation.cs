using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Profiles;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.Protos.Type.V1;
using Kind = KpGrpc.Protos.Event.V1.EventKind;

namespace KpGrpc.InferenceServer.Services.Translation;

/// <summary>Profiles for the contract.</summary>
internal static class ProfileTranslation
{
    /// <summary>Translates a profile.</summary>
    public static UserProfile ToProto(string learner, LearnerProfile profile, ulong version, string modelVersion, DateTimeOffset now)
    {
        var answer = new UserProfile
        {
            LearnerId = learner,
            FirstEventAt = Time(profile.FirstAt),
            LastEventAt = Time(profile.LastAt),
            ComputedAt = Timestamp.FromDateTimeOffset(now),
            Version = version,
        };
        answer.Interests.AddRange(profile.Interests.Select(entry => new FieldInterest { Field = (KnowledgeField)entry.Field, Weight = entry.Weight }));
        answer.TopWorks.AddRange(profile.TopWorks.Select(ToProto));
        answer.RecentWorks.AddRange(profile.RecentWorks.Select(ToProto));
        answer.EventCounts.AddRange(profile.Counts.Select(entry => new EventCount { Kind = (Kind)entry.Key, Count = (ulong)entry.Value }));
        answer.Models.Add(ModelTranslation.Ref(modelVersion));
        return answer;
    }

    private static Protos.Profile.V1.WorkActivity ToProto(Profiles.WorkActivity work) => new()
    {
        WorkId = work.WorkId,
        LastKind = (Kind)work.LastKind,
        LastAt = Time(work.LastAt),
        Progress = work.Progress,
        Weight = work.Weight,
    };

    private static Timestamp Time(long unixMilliseconds) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds));
}
