using KpGrpc.Demo.Steps;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Demo.Story.Feeds;

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
        var looks = 1;
        var after = await session.HomeAsync(cancellationToken);
        using var tick = new PeriodicTimer(Interval, session.Time);
        while (after.Items.Any(item => item.Work.WorkId == bought))
        {
            looks++;
            await tick.WaitForNextTickAsync(cancellationToken);
            after = await session.HomeAsync(cancellationToken);
        }

        var elapsed = session.Time.GetElapsedTime(started);
        var changes = FeedChange.Between(before.Items, after.Items);
        FeedTable.Write(session.Console, after.Items, "change", item => changes[item.Work.WorkId]);
        session.Console.Proven(looks == 1
            ? "the bought work is gone from the feed at the first look"
            : $"the bought work is gone from the feed after {looks} looks, {elapsed.TotalMilliseconds:0} ms");
        session.Console.Proven(Because(after, bought));
    }

    private static string Because(GetHomeResponse after, string bought)
    {
        var named = after.Items.Count(item => item.BecauseWorkIds.Contains(bought));
        return named > 0 ? $"the purchase is now among the reasons of {named} of the {after.Items.Count} works" : "the places below it moved up";
    }
}
