using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using Grpc.Core;

using KpGrpc.Gateway.Caching;
using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Services.Catalogue;
using KpGrpc.Gateway.Telemetry;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Profile.V1;

using GetProfileRequest = KpGrpc.Protos.Learner.V1.GetProfileRequest;
using GetProfileResponse = KpGrpc.Protos.Learner.V1.GetProfileResponse;
using UpstreamRequest = KpGrpc.Protos.Profile.V1.GetProfileRequest;

namespace KpGrpc.Gateway.Services.Profiles;

/// <summary>
/// A learner's profile: from the cache while it is fresh, else from the InferenceServer, else the last one known. What
/// is cached has no titles, so that one entry serves every language.
/// </summary>
internal sealed class ProfileReader(
    ProfileService.ProfileServiceClient upstream, ProfileCache cache, WorkLookup works, Pseudonyms pseudonyms, GatewayMetrics metrics)
{
    private const string Method = "GetProfile";

    public async Task<GetProfileResponse> ReadAsync(GetProfileRequest request, CancellationToken cancellationToken)
    {
        var learner = pseudonyms.InCache(request.LearnerId);
        var cached = await cache.ReadAsync(learner);
        if (cached is { Fresh: true, Value: { } fresh })
        {
            metrics.CacheRead("hit");
            return await AnswerAsync(LearnerProfile.Parser.ParseFrom(fresh), request, degraded: false, cancellationToken);
        }

        metrics.CacheRead(cached.Value is null ? "miss" : "stale");
        try
        {
            var answer = await upstream.GetProfileAsync(new UpstreamRequest { LearnerId = request.LearnerId }, cancellationToken: cancellationToken);
            var profile = ProfileTranslation.ToLearner(answer.Profile);
            if (cached.Epoch is { } epoch)
            {
                await cache.WriteAsync(learner, epoch, profile.ToByteArray());
            }

            return await AnswerAsync(profile, request, degraded: false, cancellationToken);
        }
        catch (RpcException exception) when (cached.Value is not null && IsAway(exception) && !cancellationToken.IsCancellationRequested)
        {
            metrics.Degraded(Method, "Stale");
            return await AnswerAsync(LearnerProfile.Parser.ParseFrom(cached.Value), request, degraded: true, cancellationToken);
        }
    }

    private static bool IsAway(RpcException exception) =>
        exception.StatusCode is not (StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.PermissionDenied);

    private async Task<GetProfileResponse> AnswerAsync(LearnerProfile profile, GetProfileRequest request, bool degraded, CancellationToken cancellationToken)
    {
        await FillTitlesAsync(profile, Languages.Primary(request.LanguageTag), cancellationToken);
        return new GetProfileResponse { Profile = Reduce(profile, request.ReadMask), Degraded = degraded };
    }

    private async Task FillTitlesAsync(LearnerProfile profile, string language, CancellationToken cancellationToken)
    {
        try
        {
            var known = await works.FindAsync(profile.RecentWorks.Select(work => work.WorkId), cancellationToken);
            foreach (var recent in profile.RecentWorks)
            {
                recent.Title = known.TryGetValue(recent.WorkId, out var work) ? WorkCards.Text(work.Titles, language) : string.Empty;
            }
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            // A profile without titles is better than none.
        }
    }

    private static LearnerProfile Reduce(LearnerProfile profile, FieldMask? mask)
    {
        if (mask is null || mask.Paths.Count == 0)
        {
            return profile;
        }

        var reduced = new LearnerProfile();
        mask.Merge(profile, reduced);
        return reduced;
    }
}
