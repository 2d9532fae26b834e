using System.Net;

namespace KpGrpc.Demo.Processes;

/// <summary>Waits until a server says that it is ready.</summary>
internal static class ReadyProbe
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks <c>/health/ready</c> until the answer is 200.</summary>
    /// <param name="child">The server's process; its end ends the wait.</param>
    /// <param name="http">Address of its HTTP/1.1 port.</param>
    /// <param name="limit">Longest wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DemoException">The process ended, or the limit passed.</exception>
    public static async Task WaitAsync(ChildProcess child, Uri http, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var started = time.GetTimestamp();
        using var tick = new PeriodicTimer(Interval, time);
        do
        {
            if (child.Exited.IsCompleted)
            {
                throw new DemoException(child.Obituary(await child.Exited));
            }

            if (await IsReadyAsync(client, new Uri(http, "/health/ready"), cancellationToken))
            {
                return;
            }
        }
        while (time.GetElapsedTime(started) < limit && await tick.WaitForNextTickAsync(cancellationToken));

        throw new DemoException($"the {child.Name} was not ready within {limit.TotalSeconds:0} s; its output is in {child.LogFile}");
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(address, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
