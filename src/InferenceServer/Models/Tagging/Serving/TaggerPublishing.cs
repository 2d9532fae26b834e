using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Loading;
using KpGrpc.InferenceServer.Tensors;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Serving;

/// <summary>Makes a checkpoint folder a version of the registry.</summary>
internal static class TaggerPublishing
{
    private const double Tolerance = 1e-3; // of probabilities: another processor adds up in another order

    private static readonly string[] Sample =
    [
        "中国人民大学的王教授在北京讲授宏观经济学。", "腾讯游戏《王者荣耀》", "An introduction to project management, by Jane Miller of Acme Ltd.", "财",
    ];

    /// <summary>Publishes a checkpoint.</summary>
    /// <param name="folders">The registry's folder.</param>
    /// <param name="checkpoint">Checkpoint folder; stays as it is.</param>
    /// <param name="card">Its card; kind, labels and weights are filled in here.</param>
    /// <returns>The published version.</returns>
    /// <exception cref="Import.ImportException">The checkpoint cannot be read.</exception>
    /// <exception cref="ModelFaultException">The version exists, or the card breaks a rule.</exception>
    public static ModelFolder Publish(ModelFolders folders, string checkpoint, ModelCard card)
    {
        var model = TaggerFolder.Read(checkpoint, torch.CPU);
        using var runner = new TaggerRunner(model); // owns the model
        var filled = card with { Task = ModelTask.Tagging, Kind = TaggerLoader.KindName, Labels = [.. model.Tags.Labels], WeightsFile = TaggerFolder.WeightsFile };
        return folders.Publish(filled, folder =>
        {
            TaggerFolder.Write(folder, model);
            var request = new Dictionary<string, TensorValue> { [TaggerCodec.Text] = TensorValue.Of(TaggerCodec.Text, Sample, Sample.Length) };
            GoldenSet.Record(runner, new TaggerCodec(model.Tokenizer), [request], Tolerance).Save(folder);
        });
    }
}
