using TorchSharp;

namespace KpGrpc.InferenceServer.Torch;

/// <summary>
/// A source of random tensors that belongs to one model and not to the process, so that trainings side by side do not
/// disturb each other. Reseeded for each step, it has no state worth keeping. Not thread-safe.
/// </summary>
/// <param name="device">Where the random tensors are made.</param>
internal sealed class TorchRandom(torch.Device device) : IDisposable
{
    private readonly torch.Generator generator = new(0, device);

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">Same seed, same tensors (on the same kind of device).</param>
    public void Reseed(ulong seed) => generator.manual_seed(unchecked((long)(seed & long.MaxValue)));

    /// <summary>Zeroes each element with a probability and scales the rest up, so that the mean stays.</summary>
    /// <param name="input">Any shape, floating point.</param>
    /// <param name="probability">In [0, 1); 0 gives the input itself.</param>
    /// <returns>A tensor of the caller's dispose scope, as is what is made on the way.</returns>
    public torch.Tensor Dropout(torch.Tensor input, double probability)
    {
        if (probability <= 0)
        {
            return input;
        }

        using var scale = (1 / (1 - probability)).ToScalar();
        var mask = torch.empty_like(input, requires_grad: false); // like the input: 0 or the scale
        mask.bernoulli_(1 - probability, generator);
        mask.mul_(scale);
        return input.mul(mask);
    }

    /// <summary>Fills a tensor with normal numbers of mean 0.</summary>
    public void Normal(torch.Tensor target, double deviation)
    {
        using var noGradient = torch.no_grad();
        target.normal_(0, deviation, generator);
    }

    /// <inheritdoc />
    public void Dispose() => generator.Dispose();
}
