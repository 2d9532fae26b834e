using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using Grpc.Core;

using KpGrpc.Gateway.Caching;
using KpGrpc.Gateway.Services.Catalogue;
using KpGrpc.Gateway.Telemetry;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Profile.V1;

using Microsoft.Extensions.Options;

using GetProfileRequest = KpGrpc.Protos.Learner.V1.GetProfileRequest;
using GetProfileResponse = KpGrpc.Protos.Learner.V1.GetProfileResponse;
using UpstreamRequest = KpGrpc.Protos.Profile.V1.GetProfileRequest;

namespace KpGrpc.Gateway.Services.Profiles;

/// <summary>
/// A learner's profile: from the cache while it is fresh, else from the InferenceServer, else the last one known. What
/// is cached has no titles, so that one entry serves every language; the whole answer of the last language asked for is
/// kept beside it, so that most calls send bytes that are there already.
/// </summary>
internal sealed class ProfileReader
{
    private const string Method = "GetProfile";

    private readonly ProfileService.ProfileServiceClient upstream;
    private readonly ProfileCache cache;
    private readonly WorkLookup works;
    private readonly GatewayMetrics metrics;
    private readonly TimeProvider time;
    private readonly TimeSpan titlesFresh;
    private readonly ProfileCache.Fetch fetch;

    public ProfileReader(
        ProfileService.ProfileServiceClient upstream, ProfileCache cache, WorkLookup works, GatewayMetrics metrics, TimeProvider time, IOptions<CacheOptions> options)
    {
        (this.upstream, this.cache, this.works, this.metrics, this.time) = (upstream, cache, works, metrics, time);
        titlesFresh = options.Value.WorkFresh;
        fetch = FetchAsync;
    }

    /// <summary>Reads a profile.</summary>
    public async Task<GetProfileResponse> ReadAsync(GetProfileRequest request, CancellationToken cancellationToken)
    {
        var (entry, degraded) = await FindAsync(request, cancellationToken);
        return (await AnswerAsync(entry, request, degraded, cancellationToken)).Answer;
    }

    /// <summary>Reads a profile as the bytes of a <see cref="GetProfileResponse"/>.</summary>
    public ValueTask<byte[]> ReadBytesAsync(GetProfileRequest request, CancellationToken cancellationToken)
    {
        if (request.ReadMask is null
            && cache.FindFresh(request.LearnerId, fetch) is { Answer: { } answer }
            && answer.LanguageTag == request.LanguageTag
            && time.GetTimestamp() < answer.Until)
        {
            metrics.CacheRead("hit", "memory");
            return ValueTask.FromResult(answer.Bytes);
        }

        return new ValueTask<byte[]>(EncodeAsync(request, cancellationToken));
    }

    private async Task<byte[]> EncodeAsync(GetProfileRequest request, CancellationToken cancellationToken)
    {
        var (entry, degraded) = await FindAsync(request, cancellationToken);
        var now = time.GetTimestamp();
        var (answer, titled) = await AnswerAsync(entry, request, degraded, cancellationToken);
        var bytes = answer.ToByteArray();
        if (titled && !degraded && request.ReadMask is null && titlesFresh > TimeSpan.Zero)
        {
            entry.Keep(new ProfileAnswer(bytes, request.LanguageTag, now + (long)(titlesFresh.TotalSeconds * time.TimestampFrequency)));
        }

        return bytes;
    }

    private async Task<ProfileRead> FindAsync(GetProfileRequest request, CancellationToken cancellationToken)
    {
        ProfileRead read;
        try
        {
            read = await cache.ReadAsync(request.LearnerId, fetch, cancellationToken);
        }
        catch (RpcException exception) when (IsAway(exception) && !cancellationToken.IsCancellationRequested && cache.FindStale(request.LearnerId) is not null)
        {
            read = new ProfileRead(cache.FindStale(request.LearnerId)!, Degraded: true);
        }

        if (read.Degraded)
        {
            metrics.Degraded(Method, "Stale");
        }

        return read;
    }

    private async Task<byte[]> FetchAsync(string learnerId)
    {
        var answer = await upstream.GetProfileAsync(new UpstreamRequest { LearnerId = learnerId });
        return ProfileTranslation.ToLearner(answer.Profile).ToByteArray();
    }

    private static bool IsAway(RpcException exception) =>
        exception.StatusCode is not (StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.PermissionDenied);

    private async Task<(GetProfileResponse Answer, bool Titled)> AnswerAsync(ProfileEntry entry, GetProfileRequest request, bool degraded, CancellationToken cancellationToken)
    {
        var profile = LearnerProfile.Parser.ParseFrom(entry.Value);
        var titled = await FillTitlesAsync(profile, Languages.Primary(request.LanguageTag), cancellationToken);
        return (new GetProfileResponse { Profile = Reduce(profile, request.ReadMask), Degraded = degraded }, titled);
    }

    // A profile without titles is better than none.
    private async Task<bool> FillTitlesAsync(LearnerProfile profile, string language, CancellationToken cancellationToken)
    {
        try
        {
            var known = await works.FindAsync(profile.RecentWorks.Select(work => work.WorkId), cancellationToken);
            foreach (var recent in profile.RecentWorks)
            {
                recent.Title = known.TryGetValue(recent.WorkId, out var work) ? WorkCards.Text(work.Titles, language) : string.Empty;
            }

            return true;
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
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
