namespace KpGrpc.Gateway.Downstream.Balancing;

/// <summary>
/// Whether a server is in the rotation. It leaves after failures in a row, when it is far slower than others, or when it
/// is silent and does not say that it is well; it comes back once it says so, after a time that grows with each leave.
/// Safe from any thread.
/// </summary>
internal sealed class BackendHealth(ResilienceOptions options, TimeProvider time)
{
    // Weight of the newest answer in the mean.
    private const double Newest = 0.1;
    // Answers before a mean says anything.
    private const int AnswersMin = 20;

    private readonly Lock gate = new();
    private int failures;
    private int answers;
    private int leaves;
    private double meanSeconds;
    private bool ejected;
    private long heardAt = time.GetTimestamp();
    private long answeredAt = time.GetTimestamp();
    private long changedAt = time.GetTimestamp();

    /// <summary>Gets a value indicating whether calls go to it.</summary>
    public bool IsHealthy => !Volatile.Read(ref ejected);

    /// <summary>Gets the mean time to its answers in seconds; null where too few came.</summary>
    public double? MeanSeconds
    {
        get
        {
            lock (gate)
            {
                return answers >= AnswersMin ? meanSeconds : null;
            }
        }
    }

    /// <summary>Gets how long nothing was heard of it.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref heardAt));

    /// <summary>Gets when it last answered a call, a timestamp of the clock.</summary>
    public long AnsweredAt => Interlocked.Read(ref answeredAt);

    /// <summary>Gets a value indicating whether it has been out long enough to be asked whether it is well.</summary>
    public bool IsDue
    {
        get
        {
            lock (gate)
            {
                return ejected && time.GetElapsedTime(changedAt) >= Out(leaves);
            }
        }
    }

    public void Heard() => Interlocked.Exchange(ref heardAt, time.GetTimestamp());

    /// <summary>It answered.</summary>
    /// <param name="took">Time to the answer's first bytes.</param>
    public void Succeeded(TimeSpan took)
    {
        Heard();
        Interlocked.Exchange(ref answeredAt, time.GetTimestamp());
        lock (gate)
        {
            failures = 0;
            answers = Math.Min(answers + 1, AnswersMin);
            meanSeconds = answers == 1 ? took.TotalSeconds : meanSeconds + (Newest * (took.TotalSeconds - meanSeconds));
        }
    }

    /// <summary>It failed a call.</summary>
    /// <returns>True: it leaves the rotation with this one.</returns>
    public bool Failed()
    {
        lock (gate)
        {
            // Who came back a moment ago has no credit.
            var onProbation = leaves > 0 && time.GetElapsedTime(changedAt) < Out(leaves + 1);
            return ++failures >= (onProbation ? 1 : options.FailuresMax) && EjectHere();
        }
    }

    /// <summary>Takes it out of the rotation.</summary>
    /// <returns>False where it is out already.</returns>
    public bool Eject()
    {
        lock (gate)
        {
            return EjectHere();
        }
    }

    /// <summary>It was asked whether it is well.</summary>
    public void Probed(bool well)
    {
        lock (gate)
        {
            if (well)
            {
                (ejected, failures, answers) = (false, 0, 0);
                Heard();
            }
            else
            {
                leaves++;
            }

            changedAt = time.GetTimestamp();
        }
    }

    private bool EjectHere()
    {
        if (ejected)
        {
            return false;
        }

        // What happened long ago is forgotten.
        leaves = time.GetElapsedTime(changedAt) > 10 * options.EjectionMax ? 1 : leaves + 1;
        ejected = true;
        changedAt = time.GetTimestamp();
        return true;
    }

    private TimeSpan Out(int times)
    {
        const int doublingsMax = 20;
        var grown = options.EjectionFirst * Math.Pow(2, Math.Clamp(times - 1, 0, doublingsMax));
        return grown < options.EjectionMax ? grown : options.EjectionMax;
    }
}
