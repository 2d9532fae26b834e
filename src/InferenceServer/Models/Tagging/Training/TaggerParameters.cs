using KpGrpc.InferenceServer.Models.Tagging.Network;
using KpGrpc.InferenceServer.Training;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Training;

/// <summary>Which weights are trained how: biases and norms do not decay, lower layers may go slower, a CRF faster.</summary>
internal static class TaggerParameters
{
    private const string LayerPrefix = "bert.encoder.layer.";

    /// <summary>The groups of a network's weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="crf">The CRF's scores, or null.</param>
    /// <param name="options">Decay and rates.</param>
    public static IReadOnlyList<ParameterGroup> Groups(BertNetwork network, WeightTree? crf, TaggerTrainingOptions options)
    {
        var groups = network.Tree.Weights
            .GroupBy(weight => (Depth: Depth(weight.Key, network.Settings.Layers), Decays: weight.Value.dim() > 1))
            .OrderBy(group => group.Key)
            .Select(group => new ParameterGroup(
                [.. group.OrderBy(weight => weight.Key, StringComparer.Ordinal).Select(weight => (weight.Key, (torch.Tensor)weight.Value))],
                group.Key.Decays ? options.WeightDecay : 0,
                Math.Pow(options.LayerDecay, group.Key.Depth)));
        return crf is null
            ? [.. groups]
            : [.. groups, new ParameterGroup([.. crf.Weights.Select(weight => (weight.Key, (torch.Tensor)weight.Value))], 0, options.CrfRateScale)];
    }

    /// <summary>Layers above a weight: 0 for the heads, the number of layers and one for the embeddings.</summary>
    private static int Depth(string name, int layers)
    {
        if (name.StartsWith(LayerPrefix, StringComparison.Ordinal))
        {
            var rest = name[LayerPrefix.Length..];
            return layers - int.Parse(rest[..rest.IndexOf('.', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
        }

        return name.StartsWith("bert.embeddings.", StringComparison.Ordinal) ? layers + 1 : 0;
    }
}
