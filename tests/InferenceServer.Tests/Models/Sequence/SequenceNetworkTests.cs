using KpGrpc.InferenceServer.Tests.Torch;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence;

public sealed class SequenceNetworkTests : IClassFixture<LoadedTorch>
{
    public SequenceNetworkTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    [Fact]
    public void Forward_LaterWorksChanged_LeavesEarlierStatesAsTheyWere()
    {
        using var scope = torch.NewDisposeScope();
        using var network = SmallSequences.Network();

        var states = network.Forward(torch.tensor(new long[] { 1, 2, 3, 4, 5 }, [1, 5])); // [1, 5, width]
        var changed = network.Forward(torch.tensor(new long[] { 1, 2, 3, 9, 9 }, [1, 5])); // [1, 5, width]

        Assert.True(torch.allclose(states.narrow(1, 0, 3), changed.narrow(1, 0, 3), 0, 1e-6));
        Assert.False(torch.allclose(states.narrow(1, 3, 1), changed.narrow(1, 3, 1), 0, 1e-3));
    }

    [Fact]
    public void Forward_HistoryBesideLongerOnes_GivesWhatItGivesAlone()
    {
        using var scope = torch.NewDisposeScope();
        using var network = SmallSequences.Network();

        var alone = network.Forward(torch.tensor(new long[] { 6, 7 }, [1, 2])); // [1, 2, width]
        var together = network.Forward(torch.tensor(new long[] { 1, 2, 3, 4, 6, 7, 0, 0 }, [2, 4])); // [2, 4, width]

        Assert.True(torch.allclose(alone.flatten(), together.narrow(0, 1, 1).narrow(1, 0, 2).flatten(), 0, 1e-5));
    }
}
