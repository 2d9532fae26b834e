using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KpGrpc.ServiceDefaults.Hosting;

/// <summary>
/// Turns readiness on when the server listens and off before it stops: on SIGTERM the process first says that it is
/// not ready, goes on serving for <see cref="HostingOptions.DrainDelay"/>, and only then lets Kestrel stop accepting.
/// </summary>
internal sealed partial class DrainService(
    Readiness readiness,
    IServer server,
    IOptions<HostingOptions> hosting,
    TimeProvider time,
    ILogger<DrainService> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        readiness.MarkReady();
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        Log.Listening(logger, string.Join(", ", addresses));
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.MarkNotReady("draining");
        var delay = hosting.Value.DrainDelay;
        Log.Draining(logger, delay, hosting.Value.DrainTimeout);
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Log.Stopped(logger);
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Listening on {Addresses} (gRPC first, then HTTP/1.1)")]
        public static partial void Listening(ILogger logger, string addresses);

        [LoggerMessage(2, LogLevel.Information, "Draining: not ready any more, still serving for {Delay}, then up to {Timeout} for calls in flight")]
        public static partial void Draining(ILogger logger, TimeSpan delay, TimeSpan timeout);

        [LoggerMessage(3, LogLevel.Information, "Stopped")]
        public static partial void Stopped(ILogger logger);
    }
}
