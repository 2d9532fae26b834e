using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Serving;
using KpGrpc.InferenceServer.Models.Tagging.Training;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Training;
using TorchSharp;

namespace KpGrpc.InferenceLoad.Models;

/// <summary>Publishes models with random weights: how fast they are does not depend on what they have learned.</summary>
/// <param name="folders">The registry's folder.</param>
/// <param name="time">Clock.</param>
internal sealed class SyntheticModels(ModelFolders folders, TimeProvider time)
{
    /// <summary>Name of the tagger.</summary>
    public const string Tagger = "tagger";

    /// <summary>Name of the recommender.</summary>
    public const string Recommender = "recommender";

    private const int Width = 64;

    /// <summary>Publishes a tagger of 4 layers, 256 wide, with a CRF, over the characters and labels of texts.</summary>
    /// <returns>Its checkpoint folder.</returns>
    public string PublishTagger(IReadOnlyList<TaggedText> texts, string version, string work)
    {
        var checkpoint = Path.Combine(work, $"checkpoint-{version}");
        var options = new TaggerTrainingOptions { Layers = 4, Hidden = 256, Heads = 4, Intermediate = 1024, OccurrencesMin = 1 };
        var trainer = new TaggerTrainer(options, work, time, new Progress<TrainingProgress>());
        using (var model = trainer.Fresh(new TaggedSplit(texts, texts), [], null, torch.CPU))
        {
            TaggerFolder.Write(checkpoint, model);
        }

        TaggerPublishing.Publish(folders, checkpoint, Card(Tagger, version, ModelTask.Tagging, TaggerLoader.KindName));
        return checkpoint;
    }

    /// <summary>Publishes a recommender of 2 blocks, 64 wide.</summary>
    /// <param name="works">Ids of its works.</param>
    /// <param name="version">Its version.</param>
    public void PublishRecommender(IReadOnlyList<string> works, string version)
    {
        var counts = CountsTrainer.Train([], works.Count, new CountsOptions(), CancellationToken.None);
        using var random = new TorchRandom(torch.CPU);
        random.Reseed(1);
        using var network = new SequenceNetwork(new SequenceShape { ItemCount = works.Count, Width = Width }, torch.CPU, random);
        using var model = new SequenceModel(network, counts, new PriorWeights(0.3, 0.1), works);
        folders.Publish(Card(Recommender, version, ModelTask.Recommendation, SequenceLoader.KindName) with { WeightsFile = SequenceModelFile.WeightsFile }, folder =>
        {
            SequenceModelFile.Save(folder, model);
            SequenceGolden.Save(folder, model);
        });
    }

    private ModelCard Card(string name, string version, ModelTask task, string kind) =>
        new() { Name = name, Version = version, Task = task, Kind = kind, PublishedAt = time.GetUtcNow(), Dataset = "synthetic" };
}
