using KpGrpc.Demo.Output;
using KpGrpc.Demo.Steps;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Demo.Story.Feeds;

/// <summary>What the learner is offered, and which work she picks.</summary>
internal sealed class HomeStep : IStoryStep
{
    private const int CallsMeasured = 20;
    private const int AttemptsMax = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public string Name => "Her home feed";

    public TimeSpan Deadline => TimeSpan.FromSeconds(30);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var feed = await WholeFeedAsync(session, cancellationToken);
        session.FirstRecommendation = session.Time.GetElapsedTime(session.StartedAt);
        if (feed.Items.Count == 0)
        {
            throw new DemoException("the feed is empty");
        }

        FeedTable.Write(session.Console, feed.Items, ">price", item => MoneyText.Of(item.Work.Price));
        session.Story.FeedBefore = feed;
        session.Story.Chosen = feed.Items.FirstOrDefault(item => !item.Work.Owned && item.Work.Price.MinorUnits > 0)
            ?? throw new DemoException("no work of the feed has a price");
        session.Console.Line($"She picks number {session.Story.Chosen.Rank}: {session.Story.Chosen.Work.Title}, {MoneyText.Of(session.Story.Chosen.Work.Price)}.");
        session.Console.Note($"A call takes {await MedianAsync(session, cancellationToken):0.0} ms (median of {CallsMeasured}, through Gateway and InferenceServer).");
    }

    /// <summary>The first feed that is not degraded: the first calls of a new process may overrun the Gateway's short limits.</summary>
    private static async Task<GetHomeResponse> WholeFeedAsync(DemoSession session, CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(Interval, session.Time);
        for (var attempt = 1; ; attempt++)
        {
            var feed = await session.HomeAsync(cancellationToken);
            if (!feed.Degraded)
            {
                return feed;
            }

            if (attempt == AttemptsMax)
            {
                throw new DemoException($"the feed stays degraded ({feed.DegradedReason})");
            }

            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static async Task<double> MedianAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var call = 0; call < CallsMeasured; call++)
        {
            var started = session.Time.GetTimestamp();
            await session.HomeAsync(cancellationToken);
            times.Add(session.Time.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Order().ElementAt(CallsMeasured / 2);
    }
}
