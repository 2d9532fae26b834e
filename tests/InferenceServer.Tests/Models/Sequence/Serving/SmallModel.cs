using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Tests.Torch;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence.Serving;

/// <summary>A recommender that has learned nothing, of works w0, w1, …</summary>
internal static class SmallModel
{
    public static SequenceModel Make(int works)
    {
        _ = new LoadedTorch();
        int[][] histories = [.. Enumerable.Range(0, 40).Select(learner => Enumerable.Range(0, 6).Select(place => (learner + (place * 3)) % works).ToArray())];
        var counts = CountsTrainer.Train(histories, works, new CountsOptions(), CancellationToken.None);
        using var random = new TorchRandom(torch.CPU);
        random.Reseed(1);
        var network = new SequenceNetwork(new SequenceShape { ItemCount = works, Width = 16, LengthMax = 20, InnerWidth = 16 }, torch.CPU, random);
        return new SequenceModel(network, counts, new PriorWeights(0.3, 0.1), [.. Enumerable.Range(0, works).Select(work => $"w{work}")]);
    }
}
