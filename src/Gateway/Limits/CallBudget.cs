namespace KpGrpc.Gateway.Limits;

/// <summary>
/// What one caller, or one organisation, may still do: calls of this second that this replica was granted, and calls under
/// way. Safe from any thread.
/// </summary>
internal sealed class CallBudget
{
    private readonly Lock gate = new();
    private long second = -1;
    private int granted;
    private int taken;
    private bool spent;
    private int underWay;
    private Task? asking;

    /// <summary>The second in which it was last asked.</summary>
    public long LastSecond
    {
        get
        {
            lock (gate)
            {
                return second;
            }
        }
    }

    /// <summary>Whether nothing is under way.</summary>
    public bool IsIdle => Volatile.Read(ref underWay) == 0;

    /// <summary>Takes one of the granted calls.</summary>
    /// <param name="now">The second, since 1970.</param>
    /// <returns>True: taken. False: this second's are spent. Null: more must be granted first.</returns>
    public bool? TryTake(long now)
    {
        lock (gate)
        {
            Turn(now);
            if (taken < granted)
            {
                taken++;
                return true;
            }

            return spent ? false : null;
        }
    }

    /// <summary>Has more granted. Whoever comes while it is being asked for waits for the same answer: each would take a block of its own.</summary>
    /// <param name="now">The second.</param>
    /// <param name="ask">Asks for more, knowing what was granted in that second before; 0 says that all is handed out.</param>
    public Task AskAsync(long now, Func<int, Task<int>> ask)
    {
        lock (gate)
        {
            return asking ??= GrantAsync(now, ask, second == now ? granted : 0);
        }
    }

    /// <summary>Counts a call that begins.</summary>
    /// <returns>False where as many as may be are under way.</returns>
    public bool TryEnter(int most)
    {
        if (Interlocked.Increment(ref underWay) <= most)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>A call has ended.</summary>
    public void Leave() => Interlocked.Decrement(ref underWay);

    private async Task GrantAsync(long now, Func<int, Task<int>> ask, int grantedBefore)
    {
        await Task.Yield(); // not under the lock
        try
        {
            var more = await ask(grantedBefore);
            lock (gate)
            {
                Turn(now);
                if (second == now)
                {
                    granted += more;
                    spent |= more == 0;
                }
            }
        }
        finally
        {
            lock (gate)
            {
                asking = null;
            }
        }
    }

    private void Turn(long now)
    {
        if (now > second)
        {
            (second, granted, taken, spent) = (now, 0, 0, false);
        }
    }
}
