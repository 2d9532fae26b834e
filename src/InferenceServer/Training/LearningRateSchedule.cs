namespace KpGrpc.InferenceServer.Training;

/// <summary>The learning rate of each step: a linear warm-up, then a fall.</summary>
/// <param name="Peak">The highest rate, above 0.</param>
/// <param name="Shape">How it falls.</param>
/// <param name="WarmUpSteps">Steps of the warm-up; 0 = none.</param>
/// <param name="Steps">Steps of the whole training, at least 1; from there on the rate is the floor.</param>
/// <param name="FloorShare">The rate at the end as a share of the peak, in [0, 1].</param>
internal sealed record LearningRateSchedule(double Peak, ScheduleShape Shape, long WarmUpSteps, long Steps, double FloorShare = 0)
{
    /// <summary>The rate of a step.</summary>
    /// <param name="step">From 0.</param>
    public double At(long step)
    {
        if (step < WarmUpSteps)
        {
            return Peak * (step + 1) / WarmUpSteps;
        }

        var passed = Math.Clamp((double)(step - WarmUpSteps) / Math.Max(1, Steps - WarmUpSteps), 0, 1);
        var left = Shape switch
        {
            ScheduleShape.Constant => 1,
            ScheduleShape.Linear => 1 - passed,
            ScheduleShape.Cosine => (1 + Math.Cos(Math.PI * passed)) / 2,
            _ => throw new InvalidOperationException($"There is no schedule {Shape}."),
        };
        return Peak * (FloorShare + ((1 - FloorShare) * left));
    }
}
