using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Training;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence;

/// <summary>A small data set with an order to find, and networks small enough for tests.</summary>
internal static class SmallSequences
{
    public const int Items = 24;

    /// <summary>Histories that go around a ring of works, each from its own start and by its own step of 1 or 5.</summary>
    public static int[][] Rings(int count, int length = 12) =>
    [
        .. Enumerable.Range(0, count).Select(history =>
            Enumerable.Range(0, length).Select(place => ((history * 7) + (place * (history % 2 == 0 ? 1 : 5))) % Items).ToArray()),
    ];

    /// <summary>The data for a trainer: everything but the last work of each history; the last is the case to find.</summary>
    public static TrainingData Data(int[][] histories) => new(
        "rings",
        [.. histories.Select(history => history[..^1])],
        [.. histories.Select(history => ((ReadOnlyMemory<int>)history[..^1], history[^1]))],
        [.. Enumerable.Range(0, Items).Select(item => $"work-{item}")]);

    public static SequenceTrainerOptions Options() => new()
    {
        Width = 16,
        InnerWidth = 32,
        Blocks = 1,
        Heads = 2,
        LengthMax = 16,
        EpochsMax = 4,
        PlacesPerStep = 64,
        LearningRate = 0.01,
        SampledWorks = 0,
        ValidateEvery = 1,
        Patience = 0,
    };

    /// <summary>A network with random weights, biases included.</summary>
    public static SequenceNetwork Network(int items = Items, ulong seed = 1)
    {
        using var random = new TorchRandom(torch.CPU);
        random.Reseed(SeededRandom.SeedOf(seed, "weights", 0));
        var network = new SequenceNetwork(new SequenceShape { ItemCount = items, Width = 16, InnerWidth = 32, Blocks = 2, Heads = 2, LengthMax = 16 }, torch.CPU, random);
        foreach (var parameter in network.parameters())
        {
            if (parameter.dim() > 0)
            {
                random.Normal(parameter, 0.3);
            }
        }

        return network;
    }
}
