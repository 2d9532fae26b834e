using Grpc.Core;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Services.Rules;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services;

/// <summary>What to offer next, by the counts model; ExplainRecommendation comes later and answers UNIMPLEMENTED.</summary>
internal sealed class RecommendationGrpcService(LearnerHistories histories, Recommender recommender, TimeProvider time)
    : RecommendationService.RecommendationServiceBase
{
    private const int LearnersMax = 1000;
    private const int TextMax = 20_000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public override async Task<RecommendResponse> Recommend(RecommendRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        LearnerRules.Check(faults, "learner_id", request.LearnerId);
        var query = RecommendationTranslation.ToDomain(faults, request);
        faults.ThrowIfAny();
        var view = ViewFor(request.Model);
        var history = await histories.ReadAsync(request.LearnerId);
        var results = recommender.Recommend(view, history, query);
        var list = RecommendationTranslation.ToProto(
            request.LearnerId, history, results, view, request.Context?.LanguageTag ?? "", time.GetUtcNow());
        return new RecommendResponse { List = list };
    }

    /// <inheritdoc />
    public override async Task<BatchRecommendResponse> BatchRecommend(BatchRecommendRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        LearnerRules.CheckAll(faults, "learner_ids", request.LearnerIds, LearnersMax);
        var (filter, hidden) = FilterTranslation.ToDomain(faults, request.Filter);
        var query = new RecommendationQuery
        {
            Count = RecommendationTranslation.Count(faults, request.Count),
            Filter = filter,
            Hidden = hidden,
            IncludeOwned = request.Filter?.IncludeOwned ?? false,
        };
        faults.ThrowIfAny();
        var view = ViewFor(request.Model);
        var all = await Task.WhenAll(request.LearnerIds.Select(histories.ReadAsync));
        var answer = new BatchRecommendResponse();
        foreach (var (learner, history) in request.LearnerIds.Zip(all))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var results = recommender.Recommend(view, history, query);
            answer.Lists.Add(RecommendationTranslation.ToProto(learner, history, results, view, "", time.GetUtcNow()));
        }

        return answer;
    }

    /// <inheritdoc />
    public override Task<SimilarWorksResponse> SimilarWorks(SimilarWorksRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var byText = request.SubjectCase == SimilarWorksRequest.SubjectOneofCase.Text;
        faults.Require(request.SubjectCase != SimilarWorksRequest.SubjectOneofCase.None, "subject", "work_id or text is required");
        faults.Require(!byText || request.Text.Length is > 0 and <= TextMax, "text", "must be 1 to 20000 characters");
        var count = RecommendationTranslation.Count(faults, request.Count);
        var (filter, hidden) = FilterTranslation.ToDomain(faults, request.Filter);
        faults.ThrowIfAny();
        if (byText)
        {
            throw RichErrors.Unavailable("no text encoder is loaded; ask by work_id", RetryAfter);
        }

        var view = ViewFor(null);
        if (!view.Catalog.ContainsKey(request.WorkId))
        {
            throw RichErrors.NotFound("work", request.WorkId, "no such work is in the catalogue");
        }

        var similar = recommender.Similar(view, request.WorkId, count, filter, hidden);
        var best = similar.Count > 0 ? similar[0].Score : 1;
        var answer = new SimilarWorksResponse();
        answer.Results.AddRange(similar.Select(result => new SimilarWork
        {
            WorkId = result.Work.WorkId,
            Similarity = result.Score / best, // counts have no upper bound: relative to the nearest work
            Path = RecommendationTranslation.ToProto(result.Path),
            Model = ModelTranslation.Ref(view.Counts.Version),
        }));
        return Task.FromResult(answer);
    }

    private CatalogView ViewFor(ModelRef? model)
    {
        var view = recommender.View();
        if (model is not null && (model.Name != ModelTranslation.CountsName || (model.Version.Length > 0 && model.Version != view.Counts.Version)))
        {
            throw RichErrors.NotFound("model", $"{model.Name}/{model.Version}", "no such model is loaded; ListModels names those that are");
        }

        return view.Catalog.Count > 0 ? view : throw RichErrors.Unavailable("the catalogue is empty; send works with UpsertWorks", RetryAfter);
    }
}
