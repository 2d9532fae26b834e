using System.Globalization;

namespace KpGrpc.InferenceServer.Models.Tagging.Network;

/// <summary>Names and shapes of a network's weights, exactly as in a Hugging Face checkpoint.</summary>
internal static class WeightNames
{
    /// <summary>Prefix of everything below the tagging head.</summary>
    public const string Encoder = "bert.";

    /// <summary>[vocabulary, hidden]</summary>
    public const string Tokens = "bert.embeddings.word_embeddings.weight";

    /// <summary>[positions, hidden]</summary>
    public const string Positions = "bert.embeddings.position_embeddings.weight";

    /// <summary>[segment kinds, hidden]</summary>
    public const string Segments = "bert.embeddings.token_type_embeddings.weight";

    /// <summary>Prefix of the norm over the embeddings.</summary>
    public const string EmbeddingNorm = "bert.embeddings.LayerNorm.";

    /// <summary>Prefix of the tagging head.</summary>
    public const string Classifier = "classifier.";

    /// <summary>Prefix of the masked language model's transform.</summary>
    public const string MaskedTransform = "cls.predictions.transform.dense.";

    /// <summary>Prefix of the masked language model's norm.</summary>
    public const string MaskedNorm = "cls.predictions.transform.LayerNorm.";

    /// <summary>[vocabulary]</summary>
    public const string MaskedBias = "cls.predictions.bias";

    /// <summary>Prefix of a layer's weights.</summary>
    public static string Layer(int layer) => string.Create(CultureInfo.InvariantCulture, $"bert.encoder.layer.{layer}.");

    /// <summary>The encoder's weights.</summary>
    public static IEnumerable<(string Name, long[] Shape)> OfEncoder(BertSettings settings)
    {
        long hidden = settings.Hidden;
        yield return (Tokens, [settings.VocabularySize, hidden]);
        yield return (Positions, [settings.PositionsMax, hidden]);
        yield return (Segments, [settings.SegmentKinds, hidden]);
        foreach (var norm in Norm(EmbeddingNorm, hidden))
        {
            yield return norm;
        }

        for (var layer = 0; layer < settings.Layers; layer++)
        {
            foreach (var weight in OfLayer(settings, Layer(layer)))
            {
                yield return weight;
            }
        }
    }

    /// <summary>The tagging head's weights.</summary>
    public static IEnumerable<(string Name, long[] Shape)> OfClassifier(BertSettings settings) =>
        Linear(Classifier, settings.Hidden, settings.Tags.Count);

    /// <summary>The masked language model's own weights; its output weights are the token embeddings.</summary>
    public static IEnumerable<(string Name, long[] Shape)> OfMaskedHead(BertSettings settings) =>
        [.. Linear(MaskedTransform, settings.Hidden, settings.Hidden), .. Norm(MaskedNorm, settings.Hidden), (MaskedBias, [settings.VocabularySize])];

    private static IEnumerable<(string Name, long[] Shape)> OfLayer(BertSettings settings, string layer)
    {
        long hidden = settings.Hidden;
        IEnumerable<(string Name, long[] Shape)> distances = settings.RelativePositions
            ? [($"{layer}attention.self.distance_embedding.weight", [(2L * settings.PositionsMax) - 1, settings.HeadWidth])]
            : [];
        return
        [
            .. Linear($"{layer}attention.self.query.", hidden, hidden),
            .. Linear($"{layer}attention.self.key.", hidden, hidden),
            .. Linear($"{layer}attention.self.value.", hidden, hidden),
            .. distances,
            .. Linear($"{layer}attention.output.dense.", hidden, hidden),
            .. Norm($"{layer}attention.output.LayerNorm.", hidden),
            .. Linear($"{layer}intermediate.dense.", hidden, settings.Intermediate),
            .. Linear($"{layer}output.dense.", settings.Intermediate, hidden),
            .. Norm($"{layer}output.LayerNorm.", hidden),
        ];
    }

    private static IEnumerable<(string Name, long[] Shape)> Linear(string prefix, long from, long to) =>
        [($"{prefix}weight", [to, from]), ($"{prefix}bias", [to])];

    private static IEnumerable<(string Name, long[] Shape)> Norm(string prefix, long width) =>
        [($"{prefix}weight", [width]), ($"{prefix}bias", [width])];
}
