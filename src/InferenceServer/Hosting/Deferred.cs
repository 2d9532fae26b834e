namespace KpGrpc.InferenceServer.Hosting;

/// <summary>
/// Makes a background part only when the host starts it. The host makes all its hosted services before it validates
/// the options; a part that opens files in its constructor would meet a wrong setting first, and report that one alone.
/// A part that dies stops the process, since nothing would be recorded or trained any more.
/// </summary>
/// <typeparam name="T">The part, a singleton.</typeparam>
internal sealed partial class Deferred<T>(IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<Deferred<T>> logger) : IHostedService
    where T : BackgroundService
{
    private T? part;
    private Task watch = Task.CompletedTask;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        part = services.GetRequiredService<T>();
        await part.StartAsync(cancellationToken);
        watch = WatchAsync(part.ExecuteTask ?? Task.CompletedTask);
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (part is not null)
        {
            await part.StopAsync(cancellationToken);
            await watch.WaitAsync(cancellationToken);
        }
    }

    private async Task WatchAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // told to stop
        }
        catch (Exception failure)
        {
            Log.Died(logger, failure, typeof(T).Name);
            lifetime.StopApplication();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "{Part} failed for good; the server stops")]
        public static partial void Died(ILogger logger, Exception failure, string part);
    }
}
