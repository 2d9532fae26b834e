using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Story;

/// <summary>The right that was bought.</summary>
internal sealed class LicenceStep : IStoryStep
{
    public string Name => "Her licence";

    public TimeSpan Deadline => TimeSpan.FromSeconds(5);

    public Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var right = session.Story.Purchase.Entitlement;
        if (right is null || right.LicenceId.Length == 0 || right.WorkId != session.Story.Request.WorkId)
        {
            throw new DemoException("the purchase brought no licence of the work");
        }

        session.Console.Fact("licence", right.LicenceId);
        session.Console.Fact("for", $"{session.Story.Chosen.Work.Title}, one person");
        session.Console.Fact("from", $"{right.GrantedAt.ToDateTimeOffset():u}");
        session.Console.Fact("until", right.ExpiresAt is null ? "without end" : $"{right.ExpiresAt.ToDateTimeOffset():u}");
        return Task.CompletedTask;
    }
}
