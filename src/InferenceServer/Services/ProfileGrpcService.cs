using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KpGrpc.InferenceServer.Events.Erasing;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Profiles;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Services.Inferring;
using KpGrpc.InferenceServer.Services.Rules;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services;

/// <summary>Profiles computed from histories, their erasure, and tags of texts.</summary>
internal sealed class ProfileGrpcService(
    LearnerHistories histories, ProfileBuilder builder, ProfileJoin join, LearnerEraser eraser, TextTagger tagger, CountsTraining training, TimeProvider time)
    : ProfileService.ProfileServiceBase
{
    private const int LearnersMax = 1000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public override async Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        LearnerRules.Check(faults, "learner_id", request.LearnerId);
        faults.RequireMask<UserProfile>("read_mask", request.ReadMask);
        faults.ThrowIfAny();
        var history = await histories.ReadAsync(request.LearnerId);
        return history.IsEmpty
            ? throw RichErrors.NotFound("learner", request.LearnerId, "no event of this learner is known")
            : new GetProfileResponse
            {
                Profile = request.ReadMask.Reduce(await join.AddAsync(Build(request.LearnerId, history), history, request.ReadMask, context.CancellationToken)),
            };
    }

    /// <inheritdoc />
    public override async Task<BatchGetProfilesResponse> BatchGetProfiles(BatchGetProfilesRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        LearnerRules.CheckAll(faults, "learner_ids", request.LearnerIds, LearnersMax);
        faults.RequireMask<UserProfile>("read_mask", request.ReadMask);
        faults.ThrowIfAny();
        var all = await Task.WhenAll(request.LearnerIds.Select(histories.ReadAsync));
        var answer = new BatchGetProfilesResponse();
        foreach (var (learner, history) in request.LearnerIds.Zip(all))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (history.IsEmpty)
            {
                answer.MissingLearnerIds.Add(learner);
            }
            else
            {
                var profile = await join.AddAsync(Build(learner, history), history, request.ReadMask, context.CancellationToken);
                answer.Profiles.Add(request.ReadMask.Reduce(profile));
            }
        }

        return answer;
    }

    /// <inheritdoc />
    public override async Task<DeleteLearnerResponse> DeleteLearner(DeleteLearnerRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireIdempotencyKey("idempotency_key", request.IdempotencyKey);
        LearnerRules.Check(faults, "learner_id", request.LearnerId);
        faults.ThrowIfAny();
        var erasure = await eraser.EraseAsync(request.IdempotencyKey.Memory, request.LearnerId, context.CancellationToken)
            ?? throw RichErrors.AlreadyExists(
                "idempotency_key", Convert.ToHexStringLower(request.IdempotencyKey.Span), "the idempotency key was used for another request; make a new one");
        return new DeleteLearnerResponse
        {
            ErasedEvents = (ulong)erasure.Events!.Value,
            ErasedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(erasure.DoneAt!.Value)),
        };
    }

    /// <inheritdoc />
    public override async Task<TagTextResponse> TagText(TagTextRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        TagTranslation.Check(faults, request);
        faults.ThrowIfAny();
        var version = request.Model?.Version is { Length: > 0 } named ? named : null;
        var tagged = await tagger.TagAsync(request.Texts, request.Model?.Name, version, CallDeadline.Of(context), context.CancellationToken)
            ?? throw (request.Model is { } model
                ? RichErrors.NotFound("model", $"{model.Name}/{model.Version}", "no such tagger is loaded; ListModels names those that are")
                : RichErrors.Unavailable("no tagger is ready; publish one and load it with ModelService.LoadModel", RetryAfter));
        BatchTrailers.Tell(context, tagged.Facts, tagged.Model, tagged.Version);
        return TagTranslation.ToProto(request, tagged);
    }

    private UserProfile Build(string learner, LearnerHistory history)
    {
        var now = time.GetUtcNow();
        return ProfileTranslation.ToProto(learner, builder.Build(learner, history, now), history.Version, training.Current.Version, now);
    }
}
