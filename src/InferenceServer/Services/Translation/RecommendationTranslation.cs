using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Histories;
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
    private const int SurfaceMax = 64;
    private const int ProfileTextMax = 4000;

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
        if (request.Context is { } circumstances)
        {
            faults.Require(circumstances.Surface.Length <= SurfaceMax, "context.surface", "at most 64 characters");
            faults.Require(circumstances.SessionWorkIds.Count <= SessionMax, "context.session_work_ids", "at most 50");
            faults.Require(circumstances.ProfileText.Length <= ProfileTextMax, "context.profile_text", "at most 4000 characters");
        }

        return new RecommendationQuery
        {
            Count = Count(faults, request.Count),
            Filter = filter,
            Hidden = hidden,
            IncludeOwned = request.Filter?.IncludeOwned ?? false,
            Session = [.. (request.Context?.SessionWorkIds ?? []).Distinct()],
            ProfileText = request.Context?.ProfileText ?? "",
            PreferredFields = (request.Context?.PreferredFields ?? []).Select(field => (int)field).Where(field => field != 0).ToHashSet(),
            Diversity = request.HasDiversity ? request.Diversity : null,
            PerProducerMax = (int)request.PerProducerMax,
        };
    }

    /// <summary>A list as the contract has it.</summary>
    public static RecommendationList ToProto(
        LearnerView learner, IReadOnlyList<Recommended> results, ImmutableSortedDictionary<string, Work> catalog, string language, DateTimeOffset now)
    {
        var list = new RecommendationList
        {
            LearnerId = learner.LearnerId,
            ProfileVersion = learner.History.Version,
            RequestId = Guid.NewGuid().ToString("N"),
            ComputedAt = Timestamp.FromDateTimeOffset(now),
        };
        list.Results.AddRange(results.Select((result, place) => ToProto(result, (uint)place + 1, learner.History, catalog, language)));
        return list;
    }

    /// <summary>An explanation as the contract has it.</summary>
    public static ExplainRecommendationResponse ToProto(
        Explained explained, LearnerHistory history, ImmutableSortedDictionary<string, Work> catalog, string language) => new()
        {
            Work = ToProto(explained.Result, (uint)explained.Rank, history, catalog, language),
            Exclusion = (ExclusionReason)explained.Exclusion,
        };

    /// <summary>A similar work as the contract has it.</summary>
    public static SimilarWork ToSimilar(Recommended result) => new()
    {
        WorkId = result.Work.WorkId,
        Similarity = result.Score,
        Path = (RecommendationPath)result.Path,
        Model = Model(result),
    };

    private static ModelRef? Model(Recommended result) =>
        result.Model is { } model ? new ModelRef { Name = model.Name, Version = model.Version } : null;

    private static RecommendedWork ToProto(
        Recommended result, uint rank, LearnerHistory history, ImmutableSortedDictionary<string, Work> catalog, string language)
    {
        var answer = new RecommendedWork
        {
            WorkId = result.Work.WorkId,
            Score = result.Score,
            Rank = rank,
            Path = (RecommendationPath)result.Path,
            Model = Model(result),
            Explanation = Explanation.InWords(result, catalog, language),
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
