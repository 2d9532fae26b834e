using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Downstream.Balancing;

/// <summary>Asks servers that are out, or silent, whether they are well, compares the rest, and looks names up.</summary>
internal sealed class BackendWatch(BackendPools pools, BackendProbe probe, IOptions<ResilienceOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks names up before the first call needs them.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookUpAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    // The first to end does so by cancellation, or by a fault that stops the process.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await await Task.WhenAny(pools.All.Select(pool => WatchAsync(pool, stoppingToken)).Append(LookUpAgainAsync(stoppingToken)));

    private async Task WatchAsync(BackendPool pool, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            pool.EjectSlow();
            await Task.WhenAll(pool.Backends.Select(backend => LookAsync(pool, backend, cancellationToken)));
        }
    }

    private async Task LookAsync(BackendPool pool, Backend backend, CancellationToken cancellationToken)
    {
        if (backend.Health.IsDue)
        {
            pool.Probed(backend, await probe.IsWellAsync(backend, cancellationToken));
        }
        else if (backend.Health.IsHealthy && backend.Pending > 0 && backend.Health.Silence > options.Value.SilenceMax)
        {
            // A long call makes silence, too; who is well and only busy says so.
            if (await probe.IsWellAsync(backend, cancellationToken))
            {
                backend.Health.Heard();
            }
            else
            {
                pool.Silent(backend);
            }
        }
    }

    private async Task LookUpAgainAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.DnsRefresh, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await LookUpAsync(cancellationToken);
        }
    }

    private async Task LookUpAsync(CancellationToken cancellationToken)
    {
        foreach (var pool in pools.All.Where(pool => pool.HasNames))
        {
            await pool.LookUpAsync(cancellationToken);
        }
    }
}
