using TorchSharp;

namespace KpGrpc.InferenceServer.Training;

/// <summary>Parameters that are trained alike.</summary>
/// <param name="Parameters">By a name that is unique over all groups: checkpoints are kept under it.</param>
/// <param name="WeightDecay">Share of a weight that a step takes away, times the learning rate; 0 for biases and norms.</param>
/// <param name="RateScale">Factor on the learning rate.</param>
internal sealed record ParameterGroup(
    IReadOnlyList<(string Name, torch.Tensor Value)> Parameters, double WeightDecay, double RateScale = 1)
{
    /// <summary>
    /// The usual two groups of a network: matrices decay; vectors (biases, norms) and what <paramref name="withoutDecay"/>
    /// names do not.
    /// </summary>
    public static IReadOnlyList<ParameterGroup> Of(
        torch.nn.Module network, double weightDecay, Predicate<string>? withoutDecay = null)
    {
        var trained = network.named_parameters().Where(entry => entry.parameter.requires_grad)
            .Select(entry => (entry.name, (torch.Tensor)entry.parameter)).ToLookup(entry => entry.Item2.dim() > 1 && withoutDecay?.Invoke(entry.name) != true);
        return [new ParameterGroup([.. trained[true]], weightDecay), new ParameterGroup([.. trained[false]], 0)];
    }
}
