using KpGrpc.InferenceServer.Models.Tagging.Training;
using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Tests.Models.Tagging.Training;

public sealed class LengthBatchesTests
{
    [Fact]
    public void Of_Lengths_HasEachTextOnceAndEqualLengthsTogether()
    {
        int[] lengths = [.. Enumerable.Range(0, 1000).Select(index => index % 50)];

        var batches = LengthBatches.Of(lengths, 16, new SeededRandom(1, "test", 0));

        Assert.Equal(Enumerable.Range(0, 1000), batches.SelectMany(batch => batch).Order());
        var filling = batches.Sum(batch => (batch.Max(index => lengths[index]) * batch.Length) - batch.Sum(index => lengths[index]));
        Assert.InRange(filling, 0, lengths.Sum() / 10);
        Assert.NotEqual(batches.Select(batch => lengths[batch[0]]), batches.Select(batch => lengths[batch[0]]).Order());
    }
}
