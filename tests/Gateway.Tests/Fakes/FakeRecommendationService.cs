using Google.Protobuf.WellKnownTypes;

using Grpc.Core;

using KpGrpc.Protos.Recommendation.V1;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>The recommender of <see cref="FakeInference"/>: every work in the order of its id, those with events left out.</summary>
public sealed class FakeRecommendationService(FakeInference inference) : RecommendationService.RecommendationServiceBase
{
    public override Task<RecommendResponse> Recommend(RecommendRequest request, ServerCallContext context)
    {
        inference.ThrowIfAway();
        var seen = inference.Events.Values.Where(entry => entry.LearnerId == request.LearnerId).Select(entry => entry.WorkId).ToHashSet();
        var list = new RecommendationList { LearnerId = request.LearnerId, RequestId = "request-1", ComputedAt = new Timestamp { Seconds = 1_700_000_000 } };
        var ids = inference.Works.Keys.Order(StringComparer.Ordinal).Where(id => !seen.Contains(id)).Take(request.Count == 0 ? 10 : (int)request.Count);
        foreach (var id in ids)
        {
            var work = new RecommendedWork { WorkId = id, Rank = (uint)list.Results.Count + 1, Path = RecommendationPath.Counts };
            work.Reasons.Add(seen.Select(because => new RecommendationReason { BecauseWorkId = because }));
            list.Results.Add(work);
        }

        return Task.FromResult(new RecommendResponse { List = list });
    }
}
