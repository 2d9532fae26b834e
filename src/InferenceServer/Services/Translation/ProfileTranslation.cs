using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Profiles;
using KpGrpc.Protos.Model.V1;
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
        answer.Churn = Risk(profile.Churn, now);
        answer.Conversion = Risk(profile.Conversion, now);
        var models = new[] { ModelTranslation.Ref(modelVersion), answer.Churn?.Model, answer.Conversion?.Model };
        answer.Models.AddRange(models.OfType<ModelRef>().OrderBy(model => model.Name, StringComparer.Ordinal));
        return answer;
    }

    private static Risk? Risk(RiskPrediction? prediction, DateTimeOffset now)
    {
        if (prediction is null)
        {
            return null;
        }

        var risk = new Risk
        {
            Probability = prediction.Probability,
            Horizon = Duration.FromTimeSpan(prediction.Horizon),
            Model = new ModelRef { Name = prediction.Model, Version = prediction.ModelVersion },
            ComputedAt = Timestamp.FromDateTimeOffset(now),
        };
        risk.Reasons.AddRange(prediction.Reasons.Select(reason => new Protos.Profile.V1.RiskReason
        {
            Feature = reason.Feature,
            Value = reason.Value,
            Contribution = reason.Contribution,
        }));
        return risk;
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
