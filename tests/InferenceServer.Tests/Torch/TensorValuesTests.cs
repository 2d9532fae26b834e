using KpGrpc.InferenceServer.Torch;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Torch;

/// <summary>Numbers out of tensors.</summary>
public sealed class TensorValuesTests : IClassFixture<LoadedTorch>
{
    public TensorValuesTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    [Fact]
    public void ToValues_OfATransposedTensor_AreInTheOrderOfItsRows()
    {
        using var tensor = torch.tensor(new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3);
        using var transposed = tensor.t();

        Assert.Equal([1, 4, 2, 5, 3, 6], transposed.ToValues<float>());
    }

    [Fact]
    public void ToValues_OfAWeight_LeavesItsGradientAlone()
    {
        using var weight = torch.tensor(new float[] { 1, 2 }, requires_grad: true);

        Assert.Equal([1, 2], weight.ToValues<float>());
        Assert.True(weight.requires_grad);
    }

    [Fact]
    public void CopyValues_IntoALongerSpan_LeavesTheRest()
    {
        using var tensor = torch.tensor(new float[] { 1, 2 });
        float[] values = [9, 9, 9];

        tensor.CopyValues(values.AsSpan());

        Assert.Equal([1, 2, 9], values);
    }

    [Fact]
    public void CopyValues_IntoAShorterSpan_Throws()
    {
        using var tensor = torch.tensor(new float[] { 1, 2 });

        Assert.Throws<ArgumentException>(() => tensor.CopyValues(new float[1].AsSpan()));
    }

    [Fact]
    public void ToValues_OfWholeNumbers_SaysWhatItNeeds()
    {
        using var tensor = torch.tensor(new long[] { 1, 2 });

        Assert.Contains("Float32", Assert.Throws<ArgumentException>(() => tensor.ToValues<float>()).Message, StringComparison.Ordinal);
    }
}
