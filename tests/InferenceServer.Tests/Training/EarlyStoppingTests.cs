using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Tests.Training;

public sealed class EarlyStoppingTests
{
    [Fact]
    public void Observe_NoBetterFigureForThePatience_IsEnough()
    {
        var stopping = new EarlyStopping(patience: 2);

        Assert.True(stopping.Observe(0.1, 1));
        Assert.True(stopping.Observe(0.2, 2));
        Assert.False(stopping.Observe(0.2, 3));
        Assert.False(stopping.Enough);
        Assert.False(stopping.Observe(double.NaN, 4));

        Assert.True(stopping.Enough);
        Assert.Equal((0.2, 2), (stopping.Best, stopping.BestEpoch));
    }

    [Fact]
    public void Restore_FromACheckpoint_GoesOnWaiting()
    {
        var stopping = new EarlyStopping(patience: 3);
        stopping.Restore(0.5, 4, 2);

        Assert.False(stopping.Observe(0.4, 7));

        Assert.True(stopping.Enough);
    }
}
