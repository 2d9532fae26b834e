using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.InferenceServer.Training;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Training;

public sealed class AdamWTests : IClassFixture<LoadedTorch>
{
    public AdamWTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    [Fact]
    public void Step_TenTimes_FollowsThePublishedFormula()
    {
        using var scope = torch.NewDisposeScope();
        var value = torch.tensor(new double[] { 1, -2, 3 }, requires_grad: true); // [3] float64
        using var optimizer = new AdamW(
            [new ParameterGroup([("w", value)], WeightDecay: 0.1)], new AdamWOptions { GradientNormMax = 0 });
        var expected = new Reference([1, -2, 3], 0.1);

        for (var step = 0; step < 10; step++)
        {
            value.mul(value).sum().backward(); // gradient 2 w
            expected.Step([.. expected.Values.Select(weight => 2 * weight)], 0.05);
            optimizer.Step(0.05);
        }

        Assert.Equal(10, optimizer.Steps);
        Assert.All(value.data<double>().ToArray().Zip(expected.Values), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Fact]
    public void Step_GradientsTogetherTooLong_AreScaledToTheBound()
    {
        using var scope = torch.NewDisposeScope();
        var first = torch.tensor(new float[] { 3 }); // [1] float32
        var second = torch.tensor(new float[] { 0, 4 }); // [2] float32

        GradientNorm.Clip([first, second], 0.5);
        Assert.Equal(0.3f, first.item<float>(), 1e-6f);
        Assert.Equal([0f, 0.4f], second.data<float>().ToArray());

        GradientNorm.Clip([first, second], 100);
        Assert.Equal(0.3f, first.item<float>(), 1e-6f);
    }

    [Fact]
    public void Step_ParameterWithoutGradient_StaysAsItIs()
    {
        using var scope = torch.NewDisposeScope();
        var used = torch.ones(2, requires_grad: true);
        var unused = torch.ones(2, requires_grad: true);
        using var optimizer = new AdamW([new ParameterGroup([("used", used), ("unused", unused)], 0.5)], new AdamWOptions());

        used.sum().backward();
        optimizer.Step(0.1);

        Assert.Equal([1f, 1f], unused.data<float>().ToArray());
        Assert.True(used.data<float>()[0] < 0.95f);
        Assert.Equal(0f, used.grad!.abs().sum().item<float>());
    }

    [Fact]
    public void Of_ANetwork_DecaysMatricesAlone()
    {
        using var network = torch.nn.Linear(3, 2);

        var groups = ParameterGroup.Of(network, 0.2);

        Assert.Equal(["weight"], groups[0].Parameters.Select(parameter => parameter.Name));
        Assert.Equal(0.2, groups[0].WeightDecay);
        Assert.Equal(["bias"], groups[1].Parameters.Select(parameter => parameter.Name));
        Assert.Equal(0, groups[1].WeightDecay);
    }

    /// <summary>Loshchilov and Hutter 2019, algorithm 2, line by line.</summary>
    private sealed class Reference(double[] values, double weightDecay)
    {
        private readonly double[] mean = new double[values.Length];
        private readonly double[] square = new double[values.Length];
        private int steps;

        public double[] Values { get; } = values;

        public void Step(double[] gradient, double rate)
        {
            steps++;
            for (var at = 0; at < Values.Length; at++)
            {
                mean[at] = (0.9 * mean[at]) + (0.1 * gradient[at]);
                square[at] = (0.999 * square[at]) + (0.001 * gradient[at] * gradient[at]);
                var meanHat = mean[at] / (1 - Math.Pow(0.9, steps));
                var squareHat = square[at] / (1 - Math.Pow(0.999, steps));
                Values[at] -= rate * ((meanHat / (Math.Sqrt(squareHat) + 1e-8)) + (weightDecay * Values[at]));
            }
        }
    }
}
