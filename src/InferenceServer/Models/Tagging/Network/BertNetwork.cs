using KpGrpc.InferenceServer.Torch;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace KpGrpc.InferenceServer.Models.Tagging.Network;

/// <summary>
/// BERT (Devlin et al. 2019) for token classification, with the masked language model's head where one is trained. A result
/// does not depend on what else is in the batch. Owns its weights; one thread at a time.
/// </summary>
internal sealed class BertNetwork : IDisposable
{
    private readonly BertLayer[] layers;
    private readonly DistanceIndex distances;

    /// <summary>Makes a network with fresh weights.</summary>
    /// <param name="settings">Its shape. Without tags it has no tagging head.</param>
    /// <param name="random">Draws the fresh weights.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="masked">Whether it has the masked language model's head.</param>
    public BertNetwork(BertSettings settings, TorchRandom random, torch.Device device, bool masked = false)
    {
        Settings = settings;
        Device = device;
        IEnumerable<(string, long[])> shapes =
        [
            .. WeightNames.OfEncoder(settings),
            .. settings.Tags.Count > 0 ? WeightNames.OfClassifier(settings) : [],
            .. masked ? WeightNames.OfMaskedHead(settings) : [],
        ];
        Tree = new WeightTree(shapes, (_, matrix) => random.Normal(matrix, settings.InitialDeviation), device);
        layers = [.. Enumerable.Range(0, settings.Layers).Select(layer => new BertLayer(settings, Tree, layer))];
        distances = new DistanceIndex(device);
    }

    /// <summary>The network's shape.</summary>
    public BertSettings Settings { get; }

    /// <summary>Where it lives.</summary>
    public torch.Device Device { get; }

    /// <summary>Its weights under their names in a checkpoint.</summary>
    public WeightTree Tree { get; }

    /// <summary>The joined projections of all layers, made once for many calls without gradients.</summary>
    public (torch.Tensor Weight, torch.Tensor Bias)[] JoinProjections() => [.. layers.Select(layer => layer.JoinProjections())];

    /// <summary>Runs the encoder.</summary>
    /// <param name="batch">The tokens; no sequence longer than the network's positions.</param>
    /// <param name="dropout">Draws dropout while training; null: none.</param>
    /// <param name="joined">What <see cref="JoinProjections"/> gave; null: made for this call, as training needs it.</param>
    /// <returns>[batch, length, hidden] float32</returns>
    public torch.Tensor Encode(TokenBatch batch, TorchRandom? dropout = null, (torch.Tensor Weight, torch.Tensor Bias)[]? joined = null)
    {
        var length = (int)batch.Ids.shape[1];
        var embedded = Tree[WeightNames.Tokens].index_select(0, batch.Ids.flatten()).view(-1, length, Settings.Hidden); // [batch, length, hidden] float32
        var shared = Tree[WeightNames.Segments].narrow(0, 0, 1); // [1, hidden] float32: every token is in segment 0
        if (!Settings.RelativePositions)
        {
            shared = shared.add(Tree[WeightNames.Positions].narrow(0, 0, length), Scalars.One); // [length, hidden] float32
        }

        var states = Norm(embedded.add(shared, Scalars.One), WeightNames.EmbeddingNorm); // [batch, length, hidden] float32
        states = dropout is null ? states : dropout.Dropout(states, Settings.Dropout);
        var index = Settings.RelativePositions ? distances.Of(length) : null;
        for (var layer = 0; layer < layers.Length; layer++)
        {
            states = layers[layer].Forward(states, batch, index, joined is null ? layers[layer].JoinProjections() : joined[layer], dropout);
        }

        return states;
    }

    /// <summary>Scores of the tags for encoded tokens.</summary>
    /// <param name="states">[batch, length, hidden] float32</param>
    /// <param name="dropout">Draws dropout while training; null: none.</param>
    /// <returns>[batch, length, tags] float32</returns>
    public torch.Tensor Classify(torch.Tensor states, TorchRandom? dropout = null) =>
        Linear(dropout is null ? states : dropout.Dropout(states, Settings.Dropout), WeightNames.Classifier);

    /// <summary>Scores of the vocabulary for masked tokens.</summary>
    /// <param name="states">[masked, hidden] float32</param>
    /// <returns>[masked, vocabulary] float32</returns>
    public torch.Tensor PredictMasked(torch.Tensor states)
    {
        var transformed = Norm(F.gelu(Linear(states, WeightNames.MaskedTransform)), WeightNames.MaskedNorm); // [masked, hidden] float32
        return F.linear(transformed, Tree[WeightNames.Tokens], Tree[WeightNames.MaskedBias]);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        distances.Dispose();
        Tree.Dispose();
    }

    private torch.Tensor Linear(torch.Tensor input, string prefix) => F.linear(input, Tree[$"{prefix}weight"], Tree[$"{prefix}bias"]);

    private torch.Tensor Norm(torch.Tensor input, string prefix) =>
        F.layer_norm(input, [Settings.Hidden], Tree[$"{prefix}weight"], Tree[$"{prefix}bias"], Settings.NormEpsilon);
}
