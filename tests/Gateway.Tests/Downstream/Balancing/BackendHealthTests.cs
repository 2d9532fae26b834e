using KpGrpc.Gateway.Downstream.Balancing;

using Microsoft.Extensions.Time.Testing;

namespace KpGrpc.Gateway.Tests.Downstream.Balancing;

public sealed class BackendHealthTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ResilienceOptions options = new() { FailuresMax = 3, EjectionFirst = TimeSpan.FromSeconds(1), EjectionMax = TimeSpan.FromSeconds(4) };

    [Fact]
    public void Failed_AnswersBetweenFailures_StaysUntilSomeInARow()
    {
        var health = new BackendHealth(options, time);
        Assert.False(health.Failed());
        Assert.False(health.Failed());
        health.Succeeded(TimeSpan.Zero);
        Assert.False(health.Failed());
        Assert.False(health.Failed());
        Assert.True(health.IsHealthy);
        Assert.True(health.Failed());
        Assert.False(health.IsHealthy);
        Assert.False(health.Failed());
    }

    [Fact]
    public void IsDue_AfterEachLeave_TakesTwiceAsLongUpToTheBound()
    {
        var health = new BackendHealth(options, time);
        Assert.True(health.Eject());
        foreach (var seconds in (int[])[1, 2, 4, 4])
        {
            time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.False(health.IsDue);
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(health.IsDue);
            health.Probed(well: false);
            Assert.False(health.IsHealthy);
        }

        time.Advance(TimeSpan.FromSeconds(4));
        health.Probed(well: true);
        Assert.True(health.IsHealthy);
    }

    [Fact]
    public void Failed_JustBack_LeavesWithTheFirstFailureAndLaterNoMore()
    {
        var health = new BackendHealth(options, time);
        health.Eject();
        health.Probed(well: true);
        Assert.True(health.Failed());
        health.Probed(well: true);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(health.Failed());
    }
}
