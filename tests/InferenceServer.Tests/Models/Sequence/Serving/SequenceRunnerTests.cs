using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Loading;
using KpGrpc.InferenceServer.Tensors;
using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.Testing;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence.Serving;

[Collection(AloneWithTensors.Name)]
public sealed class SequenceRunnerTests : IClassFixture<LoadedTorch>
{
    private readonly SequenceModel model = SmallModel.Make(50);

    [Fact]
    public void Run_WhateverTheBatch_GivesTheSameScores()
    {
        using var runner = new SequenceRunner(new SharedSequenceModel(model, 1));
        var requests = Enumerable.Range(0, 9).Select(row => new SequenceRequest(Enumerable.Range(0, row * 2).Select(place => (place * 7) % 50).ToArray())).ToList();

        var together = runner.Run(requests);

        foreach (var (request, reply) in requests.Zip(together))
        {
            var alone = runner.Run([request])[0];
            for (var item = 0; item < 50; item++)
            {
                Assert.Equal(alone.Scores[item], reply.Scores[item], 1e-5f);
            }
        }
    }

    [Fact]
    public void Run_AThousandTimes_LeavesNoTensor()
    {
        using var runner = new SequenceRunner(new SharedSequenceModel(model, 1));
        SequenceRequest[] batch = [new(new[] { 1, 2, 3 }), new(Array.Empty<int>())];
        runner.Run(batch);
        var before = torch.Tensor.TotalCount;
        for (var run = 0; run < 1_000; run++)
        {
            foreach (var reply in runner.Run(batch))
            {
                reply.Dispose();
            }
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Decode_IdsOrIndices_GiveTheSameBestWorks()
    {
        using var runner = new SequenceRunner(new SharedSequenceModel(model, 1));
        var codec = new SequenceCodec(model);
        var count = TensorValue.Of("count", [5L, 5L], 2);

        var byIds = Ask(TensorValue.Of("history", ["w3", "w9", "w4", ""], 2, 2));
        var byIndices = Ask(TensorValue.Of("history_indices", [3L, 9, 4, -1], 2, 2));

        Assert.Equal(byIds[0].Texts(), byIndices[0].Texts());
        Assert.Equal([2L, 5L], byIds[0].Shape);
        Assert.DoesNotContain("w3", byIds[0].Texts()[..5]);
        Assert.Equal(byIds[2].Floats[..5].OrderDescending(), byIds[2].Floats[..5]);

        IReadOnlyList<TensorValue> Ask(TensorValue history) =>
            codec.Encode(runner.Run(codec.Decode(new Dictionary<string, TensorValue> { [history.Name] = history, ["count"] = count })));
    }

    [Fact]
    public void Decode_NeitherOrOutOfRange_IsRefused()
    {
        var codec = new SequenceCodec(model);

        Assert.Throws<TensorFaultException>(() => codec.Decode(new Dictionary<string, TensorValue>()));
        Assert.Throws<TensorFaultException>(() => codec.Decode(new Dictionary<string, TensorValue> { ["history_indices"] = TensorValue.Of("history_indices", [50L], 1, 1) }));
        model.Dispose();
    }

    [Fact]
    public void Save_AGoldenSet_IsReadBack()
    {
        using var directory = new TemporaryDirectory();
        SequenceGolden.Save(directory.Path, model);

        var golden = GoldenSet.Read(directory.Combine(ModelFolder.GoldenFile), new SequenceCodec(model).Signature);

        Assert.Equal(4, golden.Cases.Count);
        model.Dispose();
    }
}
