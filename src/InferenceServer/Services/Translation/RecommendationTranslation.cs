using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.ServiceDefaults.Validation;
using Kind = KpGrpc.Protos.Event.V1.EventKind;

namespace KpGrpc.InferenceServer.Services.Translation;

/// <summary>Recommendations between the contract and the server.</summary>
internal static class RecommendationTranslation
{
    private const uint CountDefault = 10;
    private const uint CountMax = 100;
    private const int SessionMax = 50;

    /// <summary>The number of works wanted; records a fault.</summary>
    public static int Count(FieldViolations faults, uint sent)
    {
        faults.Require(sent <= CountMax, "count", "must be 0 (which means 10) to 100");
        return (int)Math.Clamp(sent == 0 ? CountDefault : sent, 1, CountMax);
    }

    /// <summary>Translates a request and records its faults.</summary>
    public static RecommendationQuery ToDomain(FieldViolations faults, RecommendRequest request)
    {
        var (filter, hidden) = FilterTranslation.ToDomain(faults, request.Filter);
        faults.Require(!request.HasDiversity || request.Diversity is >= 0 and <= 1, "diversity", "must be 0 to 1");
        faults.Require(request.PerProducerMax <= CountMax, "per_producer_max", "must be 0 (no bound) to 100");
        faults.Require(request.Context is null || request.Context.SessionWorkIds.Count <= SessionMax, "context.session_work_ids", "at most 50");
        return new RecommendationQuery
        {
            Count = Count(faults, request.Count),
            Filter = filter,
            Hidden = hidden,
            IncludeOwned = request.Filter?.IncludeOwned ?? false,
            Session = [.. (request.Context?.SessionWorkIds ?? []).Distinct()],
            PreferredFields = (request.Context?.PreferredFields ?? []).Select(field => (int)field).ToHashSet(),
            Diversity = request.HasDiversity ? request.Diversity : 0,
            PerProducerMax = (int)request.PerProducerMax,
        };
    }

    /// <summary>A list as the contract has it.</summary>
    public static RecommendationList ToProto(
        string learner, LearnerHistory history, IReadOnlyList<Recommended> results, CatalogView view, string language, DateTimeOffset now)
    {
        var model = ModelTranslation.Ref(view.Counts.Version);
        var list = new RecommendationList
        {
            LearnerId = learner,
            ProfileVersion = history.Version,
            RequestId = Guid.NewGuid().ToString("N"),
            ComputedAt = Timestamp.FromDateTimeOffset(now),
        };
        list.Results.AddRange(results.Select((result, place) => ToProto(result, (uint)place + 1, history, view, model, language)));
        return list;
    }

    /// <summary>The way as the contract numbers it.</summary>
    public static RecommendationPath ToProto(RankPath path) =>
        path == RankPath.Counts ? RecommendationPath.Counts : RecommendationPath.Popular;

    private static RecommendedWork ToProto(Recommended result, uint rank, LearnerHistory history, CatalogView view, ModelRef model, string language)
    {
        var answer = new RecommendedWork
        {
            WorkId = result.Work.WorkId,
            Score = result.Score,
            Rank = rank,
            Path = ToProto(result.Path),
            Model = model,
            Explanation = Explanation.InWords(result, view.Catalog, language),
        };
        foreach (var (workId, share) in result.Because)
        {
            var entry = history.Entries.LastOrDefault(entry => entry.WorkId == workId && Interest.IsInterest(entry.Kind, entry.Value));
            answer.Reasons.Add(new RecommendationReason
            {
                BecauseWorkId = workId,
                BecauseKind = (Kind)entry.Kind,
                BecauseAt = entry.WorkId is null ? null : Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(entry.UnixMilliseconds)),
                Weight = Math.Min(1, share),
            });
        }

        return answer;
    }
}
