namespace KpGrpc.Testing;

/// <summary>Bounds an await and names what it waited for, so that a hanging test says where.</summary>
public static class TimeLimit
{
    /// <summary>Default bound of one await: generous, since test machines are slow and shared.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(30);

    /// <summary>Awaits a task for at most <paramref name="limit"/>.</summary>
    /// <typeparam name="T">Result of the task.</typeparam>
    /// <param name="task">What to wait for.</param>
    /// <param name="what">Its name for the failure message.</param>
    /// <param name="limit">The bound; <see cref="Default"/> when null.</param>
    /// <exception cref="TimeoutException">The bound passed; the message names <paramref name="what"/>.</exception>
    public static async Task<T> WithinAsync<T>(this Task<T> task, string what, TimeSpan? limit = null)
    {
        await ((Task)task).WithinAsync(what, limit);
        return await task;
    }

    /// <summary>Awaits a task for at most <paramref name="limit"/>.</summary>
    /// <param name="task">What to wait for.</param>
    /// <param name="what">Its name for the failure message.</param>
    /// <param name="limit">The bound; <see cref="Default"/> when null.</param>
    /// <exception cref="TimeoutException">The bound passed; the message names <paramref name="what"/>.</exception>
    public static async Task WithinAsync(this Task task, string what, TimeSpan? limit = null)
    {
        var bound = limit ?? Default;
        try
        {
            await task.WaitAsync(bound);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"{what} did not happen within {bound}");
        }
    }

    /// <summary>Asks until a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="what">Its name for the failure message.</param>
    /// <param name="limit">The bound; <see cref="Default"/> when null.</param>
    /// <exception cref="TimeoutException">The bound passed; the message names <paramref name="what"/>.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var bound = limit ?? Default;
        using var expiry = new CancellationTokenSource(bound);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            try
            {
                await tick.WaitForNextTickAsync(expiry.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{what} did not happen within {bound}");
            }
        }
    }
}
