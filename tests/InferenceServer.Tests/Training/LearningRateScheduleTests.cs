using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(nameof(ScheduleShape.Constant), 2.0, 2.0, 2.0)]
    [InlineData(nameof(ScheduleShape.Linear), 2.0, 1.1, 0.2)]
    [InlineData(nameof(ScheduleShape.Cosine), 2.0, 1.1, 0.2)]
    public void At_AfterTheWarmUp_FallsToTheFloor(string shape, double start, double middle, double end)
    {
        var schedule = new LearningRateSchedule(2, Enum.Parse<ScheduleShape>(shape), WarmUpSteps: 10, Steps: 110, FloorShare: 0.1);

        Assert.Equal(start, schedule.At(10), 1e-12);
        Assert.Equal(middle, schedule.At(60), 1e-12);
        Assert.Equal(end, schedule.At(110), 1e-12);
        Assert.Equal(end, schedule.At(100_000), 1e-12);
    }

    [Fact]
    public void At_DuringTheWarmUp_RisesInAStraightLineFromAboveZero()
    {
        var schedule = new LearningRateSchedule(1, ScheduleShape.Cosine, WarmUpSteps: 4, Steps: 100);

        Assert.Equal([0.25, 0.5, 0.75, 1.0], Enumerable.Range(0, 4).Select(step => schedule.At(step)));
    }
}
