using KpGrpc.InferenceServer.Evaluation;

namespace KpGrpc.InferenceServer.Tests.Evaluation;

public sealed class LeaveOneOutTests
{
    private readonly LeaveOneOut split = new(new InteractionSet("tiny", [[0, 1, 2, 3], [4, 5], [6, 7, 8]], 9));

    [Fact]
    public void Train_HoldsBackTheLastTwo_AndShortSequencesWhole() =>
        Assert.Equal([[0, 1], [4, 5], [6]], split.Train);

    [Fact]
    public void Cases_Test_IsTheLastAfterEverythingBefore()
    {
        var cases = split.Cases(HeldOut.Test).ToArray();

        Assert.Equal([3, 8], cases.Select(entry => entry.Target));
        Assert.Equal([0, 1, 2], cases[0].History.ToArray());
    }

    [Fact]
    public void Cases_Validation_IsTheSecondLast()
    {
        var cases = split.Cases(HeldOut.Validation).ToArray();

        Assert.Equal([2, 7], cases.Select(entry => entry.Target));
        Assert.Equal([6], cases[1].History.ToArray());
    }
}
