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

    /// <summary>Adds what was granted for a second, and takes one of it.</summary>
    /// <param name="now">The second that it was granted for.</param>
    /// <param name="more">Calls, at least 0; 0 says that the second's are spent.</param>
    public bool Grant(long now, int more)
    {
        lock (gate)
        {
            Turn(now);
            if (second == now)
            {
                granted += more;
                spent |= more == 0;
            }

            var has = taken < granted;
            taken += has ? 1 : 0;
            return has;
        }
    }

    /// <summary>What this replica was granted for a second so far.</summary>
    public int GrantedIn(long now)
    {
        lock (gate)
        {
            return second == now ? granted : 0;
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

    private void Turn(long now)
    {
        if (now > second)
        {
            (second, granted, taken, spent) = (now, 0, 0, false);
        }
    }
}
