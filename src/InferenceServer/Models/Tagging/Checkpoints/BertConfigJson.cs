using System.Text.Json;
using System.Text.Json.Nodes;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Network;

namespace KpGrpc.InferenceServer.Models.Tagging.Checkpoints;

/// <summary>Reads and writes Hugging Face's <c>config.json</c> of a BERT for token classification.</summary>
internal static class BertConfigJson
{
    /// <summary>Tags at most.</summary>
    public const int TagsMax = 10_000;

    private const int SizeMax = 1 << 20; // of any one dimension

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lowerCase">What the tokenizer's settings say.</param>
    /// <exception cref="ImportException">It is no configuration of a BERT that is supported; the message names the field.</exception>
    public static BertSettings Read(string path, bool lowerCase)
    {
        JsonObject root;
        try
        {
            root = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new ImportException($"{path} is no JSON object.");
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ImportException($"{path} cannot be read: {failure.Message}", failure);
        }

        var fields = new ConfigFields(path, root);
        fields.Demand("model_type", "bert", "bert");
        fields.Demand("hidden_act", "gelu", "gelu");
        var positions = fields.Text("position_embedding_type", "absolute");
        if (positions is not ("absolute" or "relative_key"))
        {
            throw new ImportException($"{path}: position_embedding_type is '{positions}', and only absolute and relative_key are supported.");
        }

        var settings = new BertSettings
        {
            VocabularySize = fields.Size("vocab_size", null, SizeMax),
            Hidden = fields.Size("hidden_size", null, SizeMax),
            Layers = fields.Size("num_hidden_layers", null, 1000),
            Heads = fields.Size("num_attention_heads", null, 1000),
            Intermediate = fields.Size("intermediate_size", null, SizeMax),
            PositionsMax = fields.Size("max_position_embeddings", 512, SizeMax),
            SegmentKinds = fields.Size("type_vocab_size", 2, 1000),
            NormEpsilon = fields.Number("layer_norm_eps", 1e-12),
            Dropout = fields.Number("hidden_dropout_prob", 0.1),
            AttentionDropout = fields.Number("attention_probs_dropout_prob", 0.1),
            InitialDeviation = fields.Number("initializer_range", 0.02),
            RelativePositions = positions == "relative_key",
            LowerCase = lowerCase,
            Tags = Tags(path, root),
        };
        return settings.Hidden % settings.Heads == 0
            ? settings
            : throw new ImportException($"{path}: hidden_size {settings.Hidden} is no multiple of num_attention_heads {settings.Heads}.");
    }

    /// <summary>The file's text.</summary>
    public static string Write(BertSettings settings)
    {
        var byIndex = new JsonObject();
        var byTag = new JsonObject();
        for (var index = 0; index < settings.Tags.Count; index++)
        {
            byIndex[index.ToString(System.Globalization.CultureInfo.InvariantCulture)] = settings.Tags[index];
            byTag[settings.Tags[index]] = index;
        }

        var root = new JsonObject
        {
            ["architectures"] = new JsonArray("BertForTokenClassification"),
            ["model_type"] = "bert",
            ["vocab_size"] = settings.VocabularySize,
            ["hidden_size"] = settings.Hidden,
            ["num_hidden_layers"] = settings.Layers,
            ["num_attention_heads"] = settings.Heads,
            ["intermediate_size"] = settings.Intermediate,
            ["hidden_act"] = "gelu",
            ["hidden_dropout_prob"] = settings.Dropout,
            ["attention_probs_dropout_prob"] = settings.AttentionDropout,
            ["max_position_embeddings"] = settings.PositionsMax,
            ["position_embedding_type"] = settings.RelativePositions ? "relative_key" : "absolute",
            ["type_vocab_size"] = settings.SegmentKinds,
            ["initializer_range"] = settings.InitialDeviation,
            ["layer_norm_eps"] = settings.NormEpsilon,
            ["pad_token_id"] = 0,
            ["torch_dtype"] = "float32",
            ["id2label"] = byIndex,
            ["label2id"] = byTag,
        };
        return root.ToJsonString(CheckpointJson.Options) + "\n";
    }

    private static List<string> Tags(string path, JsonObject root)
    {
        if (root["id2label"] is not JsonObject byIndex)
        {
            return [];
        }

        var tags = new string?[byIndex.Count];
        foreach (var (key, value) in byIndex)
        {
            if (!int.TryParse(key, out var index) || index < 0 || index >= tags.Length || tags.Length > TagsMax
                || value?.GetValueKind() != JsonValueKind.String || tags.Contains(value.GetValue<string>()))
            {
                throw new ImportException($"{path}: id2label must name each index from 0 to {byIndex.Count - 1} once, with different names, and at most {TagsMax}.");
            }

            tags[index] = value.GetValue<string>();
        }

        return [.. tags.Select(tag => tag!)];
    }
}
