using KpGrpc.InferenceServer.Torch;
using TorchSharp;

namespace KpGrpc.InferenceServer.Training;

/// <summary>
/// AdamW with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2). Written here because the library's makes
/// scalars inside its steps, which the collector may free during the native call. Owns its moments; one thread at a time.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private readonly IReadOnlyList<ParameterGroup> groups;
    private readonly AdamWOptions options;
    private readonly Dictionary<string, (torch.Tensor Mean, torch.Tensor Square)> moments = new(StringComparer.Ordinal);
    private readonly Scalar beta1;
    private readonly Scalar beta1Rest;
    private readonly Scalar beta2;
    private readonly Scalar beta2Rest;
    private readonly Scalar epsilon;

    /// <summary>Takes parameters, which stay the caller's.</summary>
    public AdamW(IReadOnlyList<ParameterGroup> groups, AdamWOptions options)
    {
        this.groups = groups;
        this.options = options;
        beta1 = options.Beta1.ToScalar();
        beta1Rest = (1 - options.Beta1).ToScalar();
        beta2 = options.Beta2.ToScalar();
        beta2Rest = (1 - options.Beta2).ToScalar();
        epsilon = options.Epsilon.ToScalar();
        foreach (var (name, value) in groups.SelectMany(group => group.Parameters))
        {
            moments.Add(name, (torch.zeros_like(value, requires_grad: false).DetachFromDisposeScope(), torch.zeros_like(value, requires_grad: false).DetachFromDisposeScope()));
        }
    }

    /// <summary>Steps done.</summary>
    public long Steps { get; private set; }

    /// <summary>One step along the gradients that the parameters hold, which are then cleared. Parameters without one stay.</summary>
    /// <param name="learningRate">Above 0.</param>
    public void Step(double learningRate)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        Steps++;
        var gradients = groups.SelectMany(group => group.Parameters).Select(parameter => parameter.Value.grad).OfType<torch.Tensor>().ToArray();
        if (options.GradientNormMax > 0 && gradients.Length > 0)
        {
            GradientNorm.Clip(gradients, options.GradientNormMax);
        }

        using var rootCorrection = Math.Sqrt(1 - Math.Pow(options.Beta2, Steps)).ToScalar();
        foreach (var group in groups)
        {
            var rate = learningRate * group.RateScale;
            using var step = (-rate / (1 - Math.Pow(options.Beta1, Steps))).ToScalar();
            using var keep = (1 - (rate * group.WeightDecay)).ToScalar();
            foreach (var (name, value) in group.Parameters)
            {
                if (value.grad is { } gradient)
                {
                    Update(value, gradient, moments[name], group.WeightDecay > 0 ? keep : null, step, rootCorrection);
                }
            }
        }
    }

    /// <summary>Puts the moments among the tensors of a checkpoint; they stay this optimiser's.</summary>
    public void Save(IDictionary<string, torch.Tensor> tensors)
    {
        foreach (var (name, (mean, square)) in moments)
        {
            tensors[MeanName(name)] = mean;
            tensors[SquareName(name)] = square;
        }
    }

    /// <summary>Takes the moments of a checkpoint.</summary>
    /// <param name="load">Fills a tensor from the checkpoint's tensor of a name.</param>
    /// <param name="steps">Steps done when it was taken.</param>
    public void Load(Action<string, torch.Tensor> load, long steps)
    {
        foreach (var (name, (mean, square)) in moments)
        {
            load(MeanName(name), mean);
            load(SquareName(name), square);
        }

        Steps = steps;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (mean, square) in moments.Values)
        {
            mean.Dispose();
            square.Dispose();
        }

        foreach (var scalar in (Scalar[])[beta1, beta1Rest, beta2, beta2Rest, epsilon])
        {
            scalar.Dispose();
        }
    }

    private void Update(
        torch.Tensor value, torch.Tensor gradient, (torch.Tensor Mean, torch.Tensor Square) moment, Scalar? keep, Scalar step, Scalar rootCorrection)
    {
        if (keep is not null)
        {
            value.mul_(keep);
        }

        moment.Mean.mul_(beta1).add_(gradient, beta1Rest);
        moment.Square.mul_(beta2).addcmul_(gradient, gradient, beta2Rest);
        value.addcdiv_(moment.Mean, moment.Square.sqrt().div_(rootCorrection).add_(epsilon, Scalars.One), step);
        gradient.zero_();
    }

    private static string MeanName(string parameter) => $"adamw.mean.{parameter}";

    private static string SquareName(string parameter) => $"adamw.square.{parameter}";
}
