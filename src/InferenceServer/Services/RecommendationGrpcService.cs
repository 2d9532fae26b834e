using Grpc.Core;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Recommending.Scoring;
using KpGrpc.InferenceServer.Services.Inferring;
using KpGrpc.InferenceServer.Services.Rules;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services;

/// <summary>What to offer next, what is like it, and why; see the contract.</summary>
internal sealed class RecommendationGrpcService(
    WorkStore store, LearnerHistories histories, Recommender recommender, SimilarWorks similar, Scorers scorers, TimeProvider time)
    : RecommendationService.RecommendationServiceBase
{
    private const int LearnersMax = 1000;
    private const int TextMax = 20_000;
    private const int TogetherMax = 32; // learners of a bulk request that wait for a batch at a time
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public override async Task<RecommendResponse> Recommend(RecommendRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        LearnerRules.Check(faults, "learner_id", request.LearnerId);
        var query = RecommendationTranslation.ToDomain(faults, request);
        faults.ThrowIfAny();
        RequireWorks();
        using var scorer = ScorerOf(request.Model, request.LearnerId, Priority.Interactive, context);
        var learner = LearnerView.Of(request.LearnerId, await histories.ReadAsync(request.LearnerId), query);
        var results = await recommender.RecommendAsync(learner, query, scorer, context.CancellationToken);
        BatchTrailers.Tell(context, scorer);
        return new RecommendResponse
        {
            List = RecommendationTranslation.ToProto(learner, results, store.Works, request.Context?.LanguageTag ?? "", time.GetUtcNow()),
        };
    }

    /// <inheritdoc />
    public override async Task<BatchRecommendResponse> BatchRecommend(BatchRecommendRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        LearnerRules.CheckAll(faults, "learner_ids", request.LearnerIds, LearnersMax);
        var query = RecommendationTranslation.ToDomain(faults, new RecommendRequest { Count = request.Count, Filter = request.Filter });
        faults.ThrowIfAny();
        RequireWorks();
        var all = await Task.WhenAll(request.LearnerIds.Select(histories.ReadAsync));
        var answer = new BatchRecommendResponse();
        foreach (var group in request.LearnerIds.Zip(all).Chunk(TogetherMax))
        {
            answer.Lists.AddRange(await Task.WhenAll(group.Select(pair => ListAsync(request.Model, pair.First, pair.Second, query, context))));
        }

        return answer;
    }

    /// <inheritdoc />
    public override async Task<SimilarWorksResponse> SimilarWorks(SimilarWorksRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var byText = request.SubjectCase == SimilarWorksRequest.SubjectOneofCase.Text;
        faults.Require(request.SubjectCase != SimilarWorksRequest.SubjectOneofCase.None, "subject", "work_id or text is required");
        faults.Require(!byText || request.Text.Length is > 0 and <= TextMax, "text", "must be 1 to 20000 characters");
        var count = RecommendationTranslation.Count(faults, request.Count);
        var (filter, hidden) = FilterTranslation.ToDomain(faults, request.Filter);
        faults.ThrowIfAny();
        RequireWorks();
        if (byText && !similar.IsReady)
        {
            throw RichErrors.Unavailable("the content of the catalogue is being indexed", RetryAfter);
        }

        var found = byText
            ? similar.ToText(request.Text, count, filter, hidden)
            : await similar.ToWorkAsync(request.WorkId, count, filter, hidden, context.CancellationToken) ?? throw NoWork(request.WorkId);
        return new SimilarWorksResponse { Results = { found.Select(RecommendationTranslation.ToSimilar) } };
    }

    /// <inheritdoc />
    public override async Task<ExplainRecommendationResponse> ExplainRecommendation(ExplainRecommendationRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        LearnerRules.Check(faults, "learner_id", request.LearnerId);
        faults.Require(WorkRules.IsWorkId(request.WorkId), "work_id", "must be 1 to 128 characters of A-Z a-z 0-9 _ . : -");
        var query = RecommendationTranslation.ToDomain(faults, new RecommendRequest { Filter = request.Filter });
        faults.ThrowIfAny();
        using var scorer = ScorerOf(request.Model, request.LearnerId, Priority.Interactive, context);
        var learner = LearnerView.Of(request.LearnerId, await histories.ReadAsync(request.LearnerId), query);
        var explained = await recommender.ExplainAsync(learner, query, request.WorkId, scorer, context.CancellationToken) ?? throw NoWork(request.WorkId);
        return RecommendationTranslation.ToProto(explained, learner.History, store.Works, request.LanguageTag);
    }

    private static RpcException NoWork(string workId) => RichErrors.NotFound("work", workId, "no such work is in the catalogue");

    private void RequireWorks()
    {
        if (store.Works.Count == 0)
        {
            throw RichErrors.Unavailable("the catalogue is empty; send works with UpsertWorks", RetryAfter);
        }
    }

    private async Task<RecommendationList> ListAsync(ModelRef? model, string id, LearnerHistory history, RecommendationQuery query, ServerCallContext context)
    {
        using var scorer = ScorerOf(model, id, Priority.Bulk, context);
        var learner = LearnerView.Of(id, history, query);
        var results = await recommender.RecommendAsync(learner, query, scorer, context.CancellationToken);
        return RecommendationTranslation.ToProto(learner, results, store.Works, "", time.GetUtcNow());
    }

    private IWorkScorer ScorerOf(ModelRef? model, string learnerId, Priority priority, ServerCallContext context)
    {
        var terms = new ScoringTerms(priority, CallDeadline.Of(context));
        return model is null
            ? scorers.For(learnerId, terms)
            : scorers.Find(model.Name, model.Version, learnerId, terms)
                ?? throw RichErrors.NotFound("model", $"{model.Name}/{model.Version}", "no such model is loaded; ListModels names those that are");
    }
}
