namespace KpGrpc.Gateway.Caching;

/// <summary>What the cache does without being asked: tells Redis what it could not be told, and forgets what nobody reads.</summary>
internal sealed class CacheUpkeep(PendingEnds pending, ProfileMemory memory, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private const int TicksPerSweep = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        for (var tick = 1; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            await pending.RetryAsync();
            if (tick % TicksPerSweep == 0)
            {
                memory.Sweep();
            }
        }
    }
}
