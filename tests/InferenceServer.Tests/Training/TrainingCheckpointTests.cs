using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;
using KpGrpc.InferenceServer.Training;
using KpGrpc.Testing;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Training;

public sealed class TrainingCheckpointTests : IClassFixture<LoadedTorch>, IDisposable
{
    private const string Recipe = "test, seed 5";
    private const int Epochs = 4;
    private const int StepsAnEpoch = 5;

    private readonly TemporaryDirectory folder = new();

    public TrainingCheckpointTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    private string CheckpointPath => folder.Combine("checkpoint.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_TrainingStoppedHalfway_EndsWithTheWeightsOfOneThatWasNot()
    {
        var whole = Train(upTo: Epochs, checkpoint: false);

        Train(upTo: 2, checkpoint: true);
        var resumed = Train(upTo: Epochs, checkpoint: true);

        Assert.Equal(whole, resumed);
        Assert.Equal(whole, Train(upTo: Epochs, checkpoint: false));
    }

    [Fact]
    public void Load_OtherRecipe_SaysWhatToDo()
    {
        Train(upTo: 1, checkpoint: true);
        using var network = torch.nn.Linear(4, 1);
        using var optimizer = new AdamW(ParameterGroup.Of(network, 0), new AdamWOptions());

        var failure = Assert.Throws<TrainingException>(() => TrainingCheckpoint.Load(CheckpointPath, "another", network, optimizer));

        Assert.Contains("--no-resume", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileWithoutState_IsNoCheckpoint()
    {
        using var network = torch.nn.Linear(4, 1);
        using var optimizer = new AdamW(ParameterGroup.Of(network, 0), new AdamWOptions());
        SafetensorsWriter.WriteFile(CheckpointPath, network.state_dict());

        Assert.Throws<SafetensorsException>(() => TrainingCheckpoint.Load(CheckpointPath, Recipe, network, optimizer));
        Assert.Null(TrainingCheckpoint.Load(folder.Combine("none"), Recipe, network, optimizer));
    }

    private float[] Train(int upTo, bool checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new TorchRandom(torch.CPU);
        using var network = torch.nn.Linear(4, 1);
        random.Reseed(SeededRandom.SeedOf(5, "weights", 0));
        foreach (var parameter in network.parameters())
        {
            random.Normal(parameter, 0.5);
        }

        using var optimizer = new AdamW(ParameterGroup.Of(network, 0.01), new AdamWOptions());
        using var average = new WeightAverage(network, 0.9);
        var state = checkpoint ? TrainingCheckpoint.Load(CheckpointPath, Recipe, network, optimizer, average) : null;
        for (var epoch = state?.Epoch ?? 0; epoch < upTo; epoch++)
        {
            for (var step = 0; step < StepsAnEpoch; step++)
            {
                OneStep(network, optimizer, average, random);
            }

            TrainingCheckpoint.Save(
                checkpoint ? CheckpointPath : folder.Combine("other"),
                new CheckpointState { Recipe = Recipe, Step = optimizer.Steps, Epoch = epoch + 1 }, network, optimizer, average);
        }

        Assert.Equal(upTo * StepsAnEpoch, optimizer.Steps);
        average.Swap();
        return network.weight.data<float>().ToArray();
    }

    private static void OneStep(TorchSharp.Modules.Linear network, AdamW optimizer, WeightAverage average, TorchRandom random)
    {
        using var scope = torch.NewDisposeScope();
        random.Reseed(SeededRandom.SeedOf(5, "step", optimizer.Steps));
        var input = torch.empty(8, 4); // [8, 4] float32
        random.Normal(input, 1);
        var output = network.forward(random.Dropout(input, 0.5)); // [8, 1] float32
        output.mul(output).mean().backward();
        optimizer.Step(0.01);
        average.Update(optimizer.Steps);
    }
}
