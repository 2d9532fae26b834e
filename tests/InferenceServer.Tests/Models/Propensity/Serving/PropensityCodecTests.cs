using KpGrpc.InferenceServer.Models.Propensity;
using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Calibration;
using KpGrpc.InferenceServer.Models.Propensity.Serving;
using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Serving;

public sealed class PropensityCodecTests
{
    private static readonly PropensityCard Card = new()
    {
        Task = "y",
        Features = ["a", "b"],
        Calibration = new PlattCalibration(1, 0),
        Settings = BoosterSettings.Candidates(false)[0],
        Seed = 1,
        Rows = 2,
        Positives = 1,
        Auc = 0.5,
    };

    [Fact]
    public void DecodeRunEncode_TwoRows_GivesTheirProbabilities()
    {
        var codec = new PropensityCodec(Card);
        using var runner = new PropensityRunner(new PropensityModel(Card, new BoostedTrees(2, 0, [0], [new TreeNode(1, 0, ~0, ~1)], [-1, 1], [0])));
        var inputs = new Dictionary<string, TensorValue> { [PropensityCodec.Features] = TensorValue.Of(PropensityCodec.Features, [9, 1, 9, float.NaN], 2, 2) };
        var output = Assert.Single(codec.Encode(runner.Run(codec.Decode(inputs))));
        Assert.Equal(0.7311, output.Floats[0], 1e-4);
        Assert.Equal(0.2689, output.Floats[1], 1e-4);
        Assert.Equal([2L], output.Shape);
    }
}
