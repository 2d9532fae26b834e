namespace KpGrpc.InferenceServer.Batching;

/// <summary>
/// Smoothed gap between arrivals, from which an idle instance knows whether waiting pays: a lone request is not held up
/// for company that does not come. Not thread-safe.
/// </summary>
/// <param name="delayMax">Longest wait that is asked about.</param>
internal sealed class ArrivalRate(TimeSpan delayMax)
{
    private const int Expected = 4;         // requests that must be expected within the delay, and gaps of silence that end the wait
    private const double Smoothing = 0.125; // weight of the newest gap

    private readonly TimeSpan gapMax = delayMax * (2 * Expected); // a long silence is forgotten after some 20 arrivals
    private TimeSpan gap = delayMax * (2 * Expected);
    private TimeSpan last;

    /// <summary>Notes an arrival.</summary>
    public void Note(TimeSpan at)
    {
        var newest = TimeSpan.FromTicks(Math.Clamp((at - last).Ticks, 0, gapMax.Ticks));
        gap += (newest - gap) * Smoothing;
        last = at;
    }

    /// <summary>Until when to wait for the next arrival; not after now where nothing is worth a wait.</summary>
    public TimeSpan WaitUntil() => gap * Expected >= delayMax ? TimeSpan.MinValue : last + (gap * Expected);
}
