using System.Net;
using System.Net.Sockets;

using KpGrpc.Gateway.Telemetry;

namespace KpGrpc.Gateway.Downstream.Balancing;

/// <summary>The servers of one destination. Safe from any thread; who creates it disposes it.</summary>
internal sealed partial class BackendPool : IDisposable
{
    private readonly IReadOnlyList<BackendAddress> addresses;
    private readonly ResilienceOptions options;
    private readonly TimeProvider time;
    private readonly GatewayMetrics metrics;
    private readonly ILogger logger;
    private readonly List<Backend> retired = [];
    private volatile Backend[] backends;
    private uint turn;
    private bool isNameLost;

    public BackendPool(
        Destination destination, IReadOnlyList<BackendAddress> addresses, ResilienceOptions options, TimeProvider time, GatewayMetrics metrics, ILogger logger)
    {
        (Destination, this.addresses, this.options, this.time, this.metrics, this.logger) = (destination, addresses, options, time, metrics, logger);
        Budget = new RetryBudget(options.RetryShare, options.RetriesSavedMax);
        // A name that is not looked up yet is dialled as it is.
        backends = [.. addresses.Select(address => Create(address.Uri, null))];
        metrics.Watch(destination.ToString(), () => backends.Count(one => one.Health.IsHealthy), () => backends.Count(one => !one.Health.IsHealthy));
    }

    public Destination Destination { get; }

    public RetryBudget Budget { get; }

    public IReadOnlyList<Backend> Backends => backends;

    /// <summary>Gets a value indicating whether any name has to be looked up.</summary>
    public bool HasNames => addresses.Any(address => address.IsName);

    /// <summary>Gets a value indicating whether calls fail at once, because no server is well.</summary>
    public bool IsOpen => !backends.Any(one => one.Health.IsHealthy);

    /// <summary>Gets how long a call may be unanswered before giving it up counts against the server.</summary>
    public TimeSpan SilenceMax => options.SilenceMax;

    /// <summary>Chooses a server: of two healthy ones in turn that with fewer calls in hand.</summary>
    /// <param name="except">Not this one; null: any.</param>
    /// <returns>Null where none is healthy.</returns>
    public Backend? Choose(Backend? except)
    {
        var all = backends;
        var start = Interlocked.Increment(ref turn);
        Backend? best = null;
        var seen = 0;
        for (var step = 0u; step < all.Length && seen < 2; step++)
        {
            var one = all[(start + step) % (uint)all.Length];
            if (one.Health.IsHealthy && !ReferenceEquals(one, except))
            {
                seen++;
                best = best is null || one.Pending < best.Pending ? one : best;
            }
        }

        return best;
    }

    public void Failed(Backend backend)
    {
        if (backend.Health.Failed())
        {
            Tell(backend, "failures");
        }
    }

    /// <summary>Takes out who says nothing, and sends away who waits for it.</summary>
    public void Silent(Backend backend)
    {
        if (backend.Health.Eject())
        {
            Tell(backend, "silence");
            backend.Lose();
        }
    }

    /// <summary>Takes out who is far slower than the fastest, as long as another stays.</summary>
    public void EjectSlow()
    {
        var healthy = backends.Where(one => one.Health.IsHealthy).ToArray();
        var fastest = healthy.Min(one => one.Health.MeanSeconds);
        var left = healthy.Length;
        foreach (var one in healthy)
        {
            if (left > 1 && one.Health.MeanSeconds is { } mean && mean > options.SlowMin.TotalSeconds && mean > options.SlowFactor * fastest && one.Health.Eject())
            {
                left--;
                Tell(one, "latency");
            }
        }
    }

    /// <summary>Notes how a server answered the question whether it is well.</summary>
    public void Probed(Backend backend, bool well)
    {
        backend.Health.Probed(well);
        if (well)
        {
            Log.Back(logger, Destination, backend.Uri, backend.Dial);
        }
    }

    /// <summary>Looks names up again. One that is not found keeps the servers it had.</summary>
    public async Task LookUpAsync(CancellationToken cancellationToken)
    {
        var now = new List<Backend>();
        foreach (var address in addresses)
        {
            var known = backends.Where(one => one.Uri == address.Uri).ToArray();
            now.AddRange(address.IsName && await AddressesAsync(address.Uri, cancellationToken) is { Length: > 0 } found
                ? found.Distinct().Select(dial => known.FirstOrDefault(one => dial.Equals(one.Dial)) ?? Create(address.Uri, dial))
                : known);
        }

        // Those that left a round ago have no new calls any more; their streams end with their connections.
        retired.ForEach(one => one.Dispose());
        retired.Clear();
        retired.AddRange(backends.Except(now));
        backends = [.. now];
    }

    public void Dispose()
    {
        foreach (var one in backends.Concat(retired))
        {
            one.Dispose();
        }
    }

    private async Task<IPEndPoint[]?> AddressesAsync(Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            var found = await Dns.GetHostAddressesAsync(uri.Host, cancellationToken);
            isNameLost = false;
            return [.. found.Select(address => new IPEndPoint(address, uri.Port))];
        }
        catch (SocketException exception)
        {
            if (!Interlocked.Exchange(ref isNameLost, true))
            {
                Log.NotFound(logger, uri.Host, exception.SocketErrorCode);
            }

            return null;
        }
    }

    private Backend Create(Uri uri, IPEndPoint? dial) => new(uri, dial, new BackendHealth(options, time));

    private void Tell(Backend backend, string reason)
    {
        metrics.Ejected(Destination.ToString(), reason);
        Log.Left(logger, Destination, backend.Uri, backend.Dial, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The {Destination} server {Address} {Dial} is left alone for a while ({Reason})")]
        public static partial void Left(ILogger logger, Destination destination, Uri address, IPEndPoint? dial, string reason);

        [LoggerMessage(2, LogLevel.Information, "The {Destination} server {Address} {Dial} is well again")]
        public static partial void Back(ILogger logger, Destination destination, Uri address, IPEndPoint? dial);

        [LoggerMessage(3, LogLevel.Warning, "The name {Host} can't be looked up ({Error}); the addresses known before stay")]
        public static partial void NotFound(ILogger logger, string host, SocketError error);
    }
}
