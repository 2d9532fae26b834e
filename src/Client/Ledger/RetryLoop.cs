using System.Security.Cryptography;

using Grpc.Core;

namespace KpGrpc.Client.Ledger;

/// <summary>Makes a call again, with the same bytes, while <see cref="RetryRules"/> say that this can help. Thread-safe.</summary>
/// <param name="options">Deadline, tries and waits.</param>
/// <param name="time">The clock.</param>
internal sealed class RetryLoop(LedgerClientOptions options, TimeProvider time)
{
    /// <summary>Runs a call to its end: an answer, or the failure after which no further try is made. Never throws an <see cref="RpcException"/>.</summary>
    /// <param name="call">Makes one try under a deadline (UTC).</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<CallResult<TResponse>> RunAsync<TResponse>(Func<DateTime, AsyncUnaryCall<TResponse>> call, CancellationToken cancellationToken)
        where TResponse : class
    {
        var deadline = time.GetUtcNow() + options.Deadline;
        var maybeOrdered = false;
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var running = call(deadline.UtcDateTime);
                return new CallResult<TResponse>(await running.ResponseAsync.ConfigureAwait(false), null, maybeOrdered);
            }
            catch (RpcException exception)
            {
                var wait = RetryRules.IsRetriable(exception) && tries < options.TriesMax ? Backoff(tries, exception) : (TimeSpan?)null;
                maybeOrdered |= !RetryRules.IsDefinite(exception);
                if (wait is null || time.GetUtcNow() + wait >= deadline || !await DelayAsync(wait.Value, cancellationToken).ConfigureAwait(false))
                {
                    return new CallResult<TResponse>(null, exception, maybeOrdered);
                }
            }
        }
    }

    // Full jitter (a random part of the doubling bound) keeps clients apart that were refused together.
    private TimeSpan Backoff(int tries, RpcException exception)
    {
        var bound = Math.Min(options.BackoffFirst.TotalMilliseconds * Math.Pow(2, tries - 1), options.BackoffMax.TotalMilliseconds);
        var part = RandomNumberGenerator.GetInt32(1_000) / 1_000.0;
        return TimeSpan.FromMilliseconds(bound * part) + (RetryRules.Advice(exception) ?? TimeSpan.Zero);
    }

    private async Task<bool> DelayAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }
}
