namespace KpGrpc.Gateway.Downstream.Balancing;

/// <summary>
/// How many calls may be made again: each first call saves a share of one, each further one spends one. A server that
/// is down for everybody is so not asked several times by everybody. Safe from any thread.
/// </summary>
/// <param name="share">What a first call saves, 0 to 1.</param>
/// <param name="savedMax">Most that is saved, and what there is at the start.</param>
internal sealed class RetryBudget(double share, int savedMax)
{
    // Thousandths, so that one interlocked integer holds it.
    private const long One = 1_000;

    private readonly long saving = (long)(share * One);
    private readonly long most = share > 0 ? savedMax * One : 0;
    private long saved = share > 0 ? savedMax * One : 0;

    public void Save()
    {
        var now = Interlocked.Read(ref saved);
        while (now < most)
        {
            var seen = Interlocked.CompareExchange(ref saved, Math.Min(most, now + saving), now);
            if (seen == now)
            {
                return;
            }

            now = seen;
        }
    }

    /// <summary>Takes one, if there is one.</summary>
    public bool TrySpend()
    {
        var now = Interlocked.Read(ref saved);
        while (now >= One)
        {
            var seen = Interlocked.CompareExchange(ref saved, now - One, now);
            if (seen == now)
            {
                return true;
            }

            now = seen;
        }

        return false;
    }
}
