using System.Text;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints.Pickle;
using KpGrpc.InferenceServer.Models.Tagging.Crf;
using KpGrpc.InferenceServer.Models.Tagging.Network;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints;

/// <summary>
/// A folder in the format of Hugging Face: <c>config.json</c>, <c>vocab.txt</c>, <c>tokenizer_config.json</c>, and the weights as
/// <c>model.safetensors</c> or <c>pytorch_model.bin</c>. A CRF, for which that format has no place, is a file beside them.
/// </summary>
internal static class TaggerFolder
{
    /// <summary>The network's shape and tags.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>The vocabulary.</summary>
    public const string VocabularyFile = "vocab.txt";

    /// <summary>The tokenizer's settings.</summary>
    public const string TokenizerFile = "tokenizer_config.json";

    /// <summary>The weights.</summary>
    public const string WeightsFile = "model.safetensors";

    /// <summary>The weights as PyTorch saves them.</summary>
    public const string PickleFile = "pytorch_model.bin";

    /// <summary>The CRF's scores; optional.</summary>
    public const string CrfFile = "crf.safetensors";

    /// <summary>Reads a tagger.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="device">Where it is to live.</param>
    /// <exception cref="ImportException">A file is missing or unfit; the message names it.</exception>
    public static TaggerModel Read(string folder, torch.Device device)
    {
        var settings = Settings(folder);
        if (settings.Tags.Count == 0)
        {
            throw new ImportException($"{Path.Combine(folder, ConfigFile)} names no tags (id2label): it is no tagger yet; train one from it.");
        }

        return Read(folder, settings, null, device);
    }

    /// <summary>Reads an encoder to be trained further.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="labels">Labels of the texts to train on. The checkpoint's own head is kept where it has tags for all of them.</param>
    /// <param name="change">Changes settings of training, such as dropout.</param>
    /// <param name="scheme">Scheme of a fresh head.</param>
    /// <param name="crf">Whether to have a CRF.</param>
    /// <param name="masked">Whether to have the masked language model's head, fresh where the checkpoint has none.</param>
    /// <param name="random">Draws fresh heads.</param>
    /// <param name="device">Where it is to live.</param>
    public static TaggerModel ReadToTrain(
        string folder, IReadOnlyCollection<string> labels, Func<BertSettings, BertSettings> change, TagScheme scheme, bool crf, bool masked, TorchRandom random, torch.Device device)
    {
        var settings = change(Settings(folder));
        var fits = labels.All(label => new TagSet(settings.Tags).Labels.Contains(label, StringComparer.Ordinal));
        var shape = fits ? settings : settings with { Tags = TagSet.Of(labels, scheme).Names };
        return Read(folder, shape, (fits, crf, masked, random), device);
    }

    /// <summary>Writes a tagger; the folder opens in Transformers as a <c>BertForTokenClassification</c>.</summary>
    /// <param name="folder">The folder, which is made; files of the same names are replaced.</param>
    /// <param name="model">The tagger.</param>
    public static void Write(string folder, TaggerModel model)
    {
        Directory.CreateDirectory(folder);
        var settings = model.Network.Settings;
        WriteText(ConfigFile, BertConfigJson.Write(settings));
        WriteText(TokenizerFile, TokenizerConfigJson.Write(settings.LowerCase, model.Tokenizer.TokensMax));
        model.Tokenizer.Vocabulary.Write(Path.Combine(folder, VocabularyFile));
        var names = WeightNames.OfEncoder(settings).Concat(WeightNames.OfClassifier(settings)).Select(weight => weight.Name);
        SafetensorsWriter.WriteFile(
            Path.Combine(folder, WeightsFile),
            names.ToDictionary(name => name, name => model.Network.Tree[name], StringComparer.Ordinal),
            new Dictionary<string, string> { ["format"] = "pt" });
        if (model.Crf is { } crf)
        {
            SafetensorsWriter.WriteFile(
                Path.Combine(folder, CrfFile), crf.Tree.Weights.ToDictionary(weight => weight.Key, weight => (torch.Tensor)weight.Value, StringComparer.Ordinal));
        }
        else
        {
            File.Delete(Path.Combine(folder, CrfFile));
        }

        void WriteText(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private static BertSettings Settings(string folder)
    {
        foreach (var name in (string[])[ConfigFile, VocabularyFile])
        {
            if (!File.Exists(Path.Combine(folder, name)))
            {
                throw new ImportException($"{folder} holds no {name}: a checkpoint is a folder with {ConfigFile}, {VocabularyFile} and {WeightsFile} or {PickleFile}.");
            }
        }

        return BertConfigJson.Read(Path.Combine(folder, ConfigFile), TokenizerConfigJson.ReadLowerCase(Path.Combine(folder, TokenizerFile)));
    }

    private static TaggerModel Read(
        string folder, BertSettings settings, (bool Fits, bool Crf, bool Masked, TorchRandom Random)? training, torch.Device device)
    {
        var vocabulary = Vocabulary.Read(Path.Combine(folder, VocabularyFile));
        if (vocabulary.Count > settings.VocabularySize)
        {
            throw new ImportException(
                $"{folder}: {VocabularyFile} has {vocabulary.Count} tokens, and {ConfigFile} says vocab_size {settings.VocabularySize}.");
        }

        var tags = new TagSet(settings.Tags);
        using var own = new TorchRandom(device);
        var network = new BertNetwork(settings, training?.Random ?? own, device, training?.Masked ?? false);
        var crfFile = Path.Combine(folder, CrfFile);
        var hasCrf = training is null ? File.Exists(crfFile) : training.Value.Crf;
        var model = new TaggerModel(
            new TaggingTokenizer(vocabulary, settings.LowerCase, Math.Min(TaggingTokenizer.DefaultTokensMax, settings.PositionsMax)),
            network,
            tags,
            hasCrf ? new LinearChainCrf(tags, device) : null);
        try
        {
            LoadWeights(folder, network, training is { Fits: false });
            if (model.Crf is { } crf && File.Exists(crfFile) && training is null or { Fits: true })
            {
                using var weights = new SafetensorsWeights(crfFile);
                WeightLoading.Load(crfFile, weights, crf.Tree, _ => false);
            }

            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static void LoadWeights(string folder, BertNetwork network, bool freshHead)
    {
        var path = new[] { WeightsFile, PickleFile }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new ImportException($"{folder} holds neither {WeightsFile} nor {PickleFile}.");
        try
        {
            using ICheckpointWeights weights = path.EndsWith(WeightsFile, StringComparison.Ordinal) ? new SafetensorsWeights(path) : new TorchPickleWeights(path);
            using var filtered = freshHead ? new EncoderWeights(weights) : null;
            WeightLoading.Load(
                path,
                filtered ?? weights,
                network.Tree,
                name => name.StartsWith("cls.", StringComparison.Ordinal) || (freshHead && name.StartsWith(WeightNames.Classifier, StringComparison.Ordinal)));
        }
        catch (SafetensorsException failure)
        {
            throw new ImportException(failure.Message, failure);
        }
    }
}
