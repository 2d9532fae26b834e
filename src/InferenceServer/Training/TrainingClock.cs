namespace KpGrpc.InferenceServer.Training;

/// <summary>Measures a training: pace since the last report and time to the end. Not thread-safe.</summary>
/// <param name="time">The clock.</param>
/// <param name="firstStep">Steps done before this call, by a training that is resumed.</param>
internal sealed class TrainingClock(TimeProvider time, long firstStep)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    private readonly long started = time.GetTimestamp();
    private long reported = time.GetTimestamp();
    private double lossSum;
    private long lossCount;
    private long samples;

    /// <summary>Time since the start of this call.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(started);

    /// <summary>Says whether a second has passed since the last report.</summary>
    public bool IsDue => time.GetElapsedTime(reported) >= ReportEvery;

    /// <summary>Takes what one step did.</summary>
    public void Count(double loss, long stepSamples)
    {
        lossSum += loss;
        lossCount++;
        samples += stepSamples;
    }

    /// <summary>Fills a report with what was counted since the one before, and starts counting anew.</summary>
    /// <param name="progress">Stage, epoch, steps and rate.</param>
    public TrainingProgress Report(TrainingProgress progress)
    {
        var seconds = time.GetElapsedTime(reported).TotalSeconds;
        var done = progress.Step - firstStep;
        var report = progress with
        {
            Loss = lossCount > 0 ? lossSum / lossCount : null,
            SamplesPerSecond = lossCount > 0 && seconds > 0 ? samples / seconds : null,
            Elapsed = Elapsed,
            Remaining = done > 0 && progress.StepsMax > 0 ? Elapsed / done * (progress.StepsMax - progress.Step) : null,
        };
        reported = time.GetTimestamp();
        (lossSum, lossCount, samples) = (0, 0, 0);
        return report;
    }
}
