using KpGrpc.Demo.Output;
using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Story;

/// <summary>What the learner is offered, and which work she picks.</summary>
internal sealed class HomeStep : IStoryStep
{
    private const int CallsMeasured = 20;

    public string Name => "Her home feed";

    public TimeSpan Deadline => TimeSpan.FromSeconds(30);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var feed = await session.HomeAsync(cancellationToken);
        session.FirstRecommendation = session.Time.GetElapsedTime(session.StartedAt);
        if (feed.Items.Count == 0)
        {
            throw new DemoException("the feed is empty");
        }

        if (feed.Degraded)
        {
            throw new DemoException($"the feed is degraded ({feed.DegradedReason}): inference did not answer");
        }

        FeedTable.Write(session.Console, feed.Items);
        session.Story.FeedBefore = feed;
        session.Story.Chosen = feed.Items.FirstOrDefault(item => !item.Work.Owned && item.Work.Price.MinorUnits > 0)
            ?? throw new DemoException("no work of the feed has a price");
        session.Console.Line($"She picks number {session.Story.Chosen.Rank}: {session.Story.Chosen.Work.Title}, {MoneyText.Of(session.Story.Chosen.Work.Price)}.");
        session.Console.Note($"A call takes {await MedianAsync(session, cancellationToken):0.0} ms (median of {CallsMeasured}, through Gateway and InferenceServer).");
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
