using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Gateway.Caching;
using KpGrpc.Gateway.Security;
using KpGrpc.Gateway.Services.Catalogue;
using KpGrpc.Gateway.Telemetry;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.ServiceDefaults.Errors;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Services.Home;

/// <summary>The home feed: fresh where inference answers, else the learner's last one, else what is popular.</summary>
internal sealed class HomeReader(
    FreshFeed fresh,
    FeedCache feeds,
    PopularFeeds popular,
    OwnedWorks owned,
    Pseudonyms pseudonyms,
    GatewayMetrics metrics,
    TimeProvider time,
    IOptions<GatewayOptions> options)
{
    private const string Method = "GetHome";
    private const int CountDefault = 10;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async Task<GetHomeResponse> ReadAsync(GetHomeRequest request, CancellationToken cancellationToken)
    {
        var language = Languages.Primary(request.LanguageTag);
        var learner = pseudonyms.InCache(request.LearnerId);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.HomeDeadline);
        var mine = OwnedWithinAsync(request.LearnerId, limit.Token, cancellationToken);
        try
        {
            var deadline = time.GetUtcNow().UtcDateTime + options.Value.HomeDeadline;
            var feed = await fresh.MakeAsync(request, mine, deadline, limit.Token);
            if (request.Filter is null)
            {
                await feeds.WriteAsync(learner, language, feed.ToByteArray());
            }

            return await mine is null ? Degrade(feed, DegradedReason.Partial) : feed;
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            var count = request.Count == 0 ? CountDefault : (int)request.Count;
            return await OldAsync(request, learner, language, await mine, count)
                ?? throw RichErrors.Unavailable("the recommender is away and not even popular works are known yet; try again", RetryAfter);
        }
    }

    // What the caller did wrong is hers to hear; everything else is a reason to show what there is.
    private static bool IsAway(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && (exception is OperationCanceledException || exception is RpcException { StatusCode: not StatusCode.InvalidArgument });

    private async Task<HashSet<string>?> OwnedWithinAsync(string learnerId, CancellationToken limited, CancellationToken cancellationToken)
    {
        try
        {
            return await owned.FindAsync(learnerId, limited);
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<GetHomeResponse?> OldAsync(GetHomeRequest request, string learner, string language, HashSet<string>? mine, int count)
    {
        var bytes = await feeds.ReadAsync(learner, language);
        var (feed, reason) = bytes is null
            ? (await popular.FindAsync(language), DegradedReason.Popular)
            : (GetHomeResponse.Parser.ParseFrom(bytes), DegradedReason.Stale);
        if (feed is null)
        {
            return null;
        }

        var shown = new GetHomeResponse { ComputedAt = feed.ComputedAt };
        if (reason == DegradedReason.Stale)
        {
            (shown.RequestId, shown.ProfileVersion) = (feed.RequestId, feed.ProfileVersion);
        }

        shown.Items.Add(HomeFilter.Apply(feed.Items, request.Filter, mine, count));
        return Degrade(shown, reason);
    }

    private GetHomeResponse Degrade(GetHomeResponse feed, DegradedReason reason)
    {
        metrics.Degraded(Method, reason.ToString());
        feed.Degraded = true;
        feed.DegradedReason = reason;
        return feed;
    }
}
