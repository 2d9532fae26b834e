using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;
using KpGrpc.Testing;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence;

public sealed class SequenceModelFileTests : IClassFixture<LoadedTorch>, IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public SequenceModelFileTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_WhatWasSaved_ScoresAlikeToTheLastBit()
    {
        using var model = Model();
        SequenceModelFile.Save(folder.Path, model);

        using var loaded = SequenceModelFile.Load(folder.Path, torch.CPU);

        Assert.Equal(model.WorkIds, loaded.WorkIds);
        Assert.Equal(model.Prior, loaded.Prior);
        Assert.Equal(model.Counts.Interactions, loaded.Counts.Interactions);
        Assert.Equal(Scores(model), Scores(loaded));
        Assert.Equal([1, 3], loaded.Encode(["work-1", "a work of tomorrow", "work-3"]));
    }

    [Fact]
    public void Save_SameModelTwice_GivesTheSameBytes()
    {
        using var model = Model();
        SequenceModelFile.Save(folder.Combine("one"), model);
        SequenceModelFile.Save(folder.Combine("two"), model);

        Assert.All(
            (string[])[SequenceModelFile.ConfigFile, SequenceModelFile.WorksFile, SequenceModelFile.WeightsFile],
            file => Assert.Equal(File.ReadAllBytes(folder.Combine("one", file)), File.ReadAllBytes(folder.Combine("two", file))));
    }

    [Theory]
    [InlineData(SequenceModelFile.ConfigFile)]
    [InlineData(SequenceModelFile.WorksFile)]
    [InlineData(SequenceModelFile.WeightsFile)]
    public void Load_AFileCutOff_SaysWhich(string file)
    {
        using var model = Model();
        SequenceModelFile.Save(folder.Path, model);
        var path = folder.Combine(file);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9]);

        var failure = Assert.ThrowsAny<Exception>(() => SequenceModelFile.Load(folder.Path, torch.CPU));

        Assert.True(failure is SequenceModelException or SafetensorsException, failure.ToString());
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WorksOfAnotherModel_IsRefused()
    {
        using var model = Model();
        SequenceModelFile.Save(folder.Path, model);
        File.WriteAllText(folder.Combine(SequenceModelFile.WorksFile), """["one","two"]""");

        var failure = Assert.Throws<SequenceModelException>(() => SequenceModelFile.Load(folder.Path, torch.CPU));

        Assert.Contains("24", failure.Message, StringComparison.Ordinal);
    }

    private static SequenceModel Model() => new(
        SmallSequences.Network(),
        CountsTrainer.Train(SmallSequences.Rings(30), SmallSequences.Items, new CountsOptions(), CancellationToken.None),
        new PriorWeights(0.7, 0.02),
        [.. Enumerable.Range(0, SmallSequences.Items).Select(item => $"work-{item}")]);

    private static float[] Scores(SequenceModel model)
    {
        var scores = new float[model.ItemCount];
        int[] history = [4, 9, 2];
        new SequenceScorer(model.Network).Run([history], scores, []);
        new CountsPrior(model.Counts).Add(history, scores, model.Prior);
        return scores;
    }
}
