using System.Collections.Concurrent;

using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Gateway.Caching;
using KpGrpc.Gateway.Services.Catalogue;
using KpGrpc.Protos.Learner.V1;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Services.Home;

/// <summary>
/// What most learners take up, kept ready for the time when inference is away: in memory, and in Redis for a Gateway
/// that starts just then. It is what the recommender gives to a learner of whom it knows nothing.
/// </summary>
internal sealed partial class PopularFeeds(
    FreshFeed fresh,
    FeedCache cache,
    TimeProvider time,
    IOptions<CacheOptions> options,
    IOptions<GatewayOptions> gateway,
    ILogger<PopularFeeds> logger) : BackgroundService
{
    // No learner's id: a colon is allowed in one, so the name says what it is.
    private const string Nobody = "kp:gateway:nobody";
    private const uint CountMax = 100;
    private static readonly string[] KeptLanguages = [Languages.Default, Languages.Chinese];

    private readonly ConcurrentDictionary<string, GetHomeResponse> feeds = new(StringComparer.Ordinal);
    private bool failed;

    /// <summary>The popular list.</summary>
    /// <param name="language">Primary language subtag; another than the kept ones gets the default one.</param>
    /// <returns>The list; null where none is known.</returns>
    public async Task<GetHomeResponse?> FindAsync(string language)
    {
        var kept = KeptLanguages.Contains(language) ? language : Languages.Default;
        if (feeds.TryGetValue(kept, out var feed))
        {
            return feed;
        }

        return await cache.ReadAsync("popular", kept) is { } bytes ? GetHomeResponse.Parser.ParseFrom(bytes) : null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PopularRefresh, time);
        do
        {
            foreach (var language in KeptLanguages)
            {
                await RefreshAsync(language, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RefreshAsync(string language, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetHomeRequest { LearnerId = Nobody, Count = CountMax, LanguageTag = language };
            var deadline = time.GetUtcNow().UtcDateTime + gateway.Value.DownstreamDeadline;
            var feed = await fresh.MakeAsync(request, Task.FromResult<HashSet<string>?>(null), deadline, cancellationToken);
            if (feed.Items.Count > 0)
            {
                feeds[language] = feed;
                await cache.WriteAsync("popular", language, feed.ToByteArray());
            }

            failed = false;
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!failed)
            {
                failed = true;
                Log.NotRenewed(logger, exception.StatusCode);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The list of popular works can't be renewed ({Status}); the last one stays")]
        public static partial void NotRenewed(ILogger logger, StatusCode status);
    }
}
