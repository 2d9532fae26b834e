using TorchSharp;

namespace KpGrpc.InferenceServer.Training;

/// <summary>
/// An exponential moving average of a network's weights (Polyak and Juditsky 1992): often better than the last weights, and
/// steadier from epoch to epoch. Owns its copy; one thread at a time.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly List<(string Name, torch.Tensor Live, torch.Tensor Mean)> pairs;
    private readonly double decay;

    /// <summary>Starts with the weights as they are.</summary>
    /// <param name="network">Its parameters stay the caller's.</param>
    /// <param name="decay">What is kept a step, in [0, 1).</param>
    public WeightAverage(torch.nn.Module network, double decay)
    {
        this.decay = decay;
        using var noGradient = torch.no_grad();
        pairs = [.. network.named_parameters().Select(entry => (entry.name, (torch.Tensor)entry.parameter, entry.parameter.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>Takes the weights after a step.</summary>
    /// <param name="step">From 1; early on, the average forgets faster, so that the random start does not linger.</param>
    public void Update(long step)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var taken = torch.tensor((float)(1 - Math.Min(decay, (1.0 + step) / (10.0 + step))), device: pairs[0].Mean.device);
        foreach (var (_, live, mean) in pairs)
        {
            mean.lerp_(live, taken);
        }
    }

    /// <summary>Exchanges the network's weights and the average: call it before a validation or a save, and again after it.</summary>
    public void Swap()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        foreach (var (_, live, mean) in pairs)
        {
            var kept = live.clone();
            live.copy_(mean);
            mean.copy_(kept);
        }
    }

    /// <summary>Puts the average among the tensors of a checkpoint; they stay this object's.</summary>
    public void Save(IDictionary<string, torch.Tensor> tensors)
    {
        foreach (var (name, _, mean) in pairs)
        {
            tensors[MeanName(name)] = mean;
        }
    }

    /// <summary>Takes the average of a checkpoint.</summary>
    /// <param name="load">Fills a tensor from the checkpoint's tensor of a name.</param>
    public void Load(Action<string, torch.Tensor> load)
    {
        foreach (var (name, _, mean) in pairs)
        {
            load(MeanName(name), mean);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, _, mean) in pairs)
        {
            mean.Dispose();
        }
    }

    private static string MeanName(string parameter) => $"average.{parameter}";
}
