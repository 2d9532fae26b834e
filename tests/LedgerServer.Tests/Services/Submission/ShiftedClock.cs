namespace KpGrpc.LedgerServer.Tests.Services.Submission;

/// <summary>The system's clock, put forward by what a test says. Timers run as they do.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
