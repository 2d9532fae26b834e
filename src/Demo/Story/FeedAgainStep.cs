using KpGrpc.Demo.Steps;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Demo.Story;

/// <summary>The loop closes: the purchase changes what is recommended.</summary>
internal sealed class FeedAgainStep : IStoryStep
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public string Name => "The feed has changed because of the purchase";

    public TimeSpan Deadline => TimeSpan.FromSeconds(10);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var before = session.Story.FeedBefore;
        var bought = session.Story.Request.WorkId;
        var started = session.Time.GetTimestamp();
        var after = await session.HomeAsync(cancellationToken);
        using var tick = new PeriodicTimer(Interval, session.Time);
        while (after.Items.Any(item => item.Work.WorkId == bought))
        {
            await tick.WaitForNextTickAsync(cancellationToken);
            after = await session.HomeAsync(cancellationToken);
        }

        var elapsed = session.Time.GetElapsedTime(started);
        var changes = FeedChange.Between(before.Items, after.Items);
        session.Console.Table(
            [">#", "work", "change", "why it is shown"],
            after.Items.Select(item => new[] { $"{item.Rank}", FeedTable.Cut(item.Work.Title, 40), changes[item.Work.WorkId], FeedTable.Cut(item.Reason, 60) }));
        session.Console.Proven($"the bought work is gone from the feed ({elapsed.TotalMilliseconds:0} ms after the purchase was shown to her)");
        session.Console.Line(Because(after, bought));
    }

    private static string Because(GetHomeResponse after, string bought)
    {
        var named = after.Items.Count(item => item.BecauseWorkIds.Contains(bought));
        return named > 0 ? $"{named} of {after.Items.Count} works are now shown because of what she just bought." : "Every place below it moved up.";
    }
}
