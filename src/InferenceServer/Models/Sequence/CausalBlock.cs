using KpGrpc.InferenceServer.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>
/// One transformer block, norms first (Xiong et al. 2020): causal self-attention, then a feed-forward part, each added to
/// its input. A place sees itself and what came before it, so that padding behind a history changes nothing.
/// </summary>
internal sealed class CausalBlock : nn.Module
{
    private const double InitialDeviation = 0.02;

    private readonly int heads;
    private readonly int width;
    private readonly Parameter attentionNormWeight;
    private readonly Parameter attentionNormBias;
    private readonly Parameter inputWeight;   // [3 × width, width]: queries, keys, values
    private readonly Parameter inputBias;
    private readonly Parameter outputWeight;  // [width, width]
    private readonly Parameter outputBias;
    private readonly Parameter innerNormWeight;
    private readonly Parameter innerNormBias;
    private readonly Parameter innerWeight;   // [inner, width]
    private readonly Parameter innerBias;
    private readonly Parameter outerWeight;   // [width, inner]
    private readonly Parameter outerBias;

    /// <summary>Makes the block's weights on a device.</summary>
    public CausalBlock(SequenceShape shape, Device device, TorchRandom random)
        : base(nameof(CausalBlock))
    {
        heads = shape.Heads;
        width = shape.Width;
        (attentionNormWeight, attentionNormBias) = Norm("attention_norm", device);
        (inputWeight, inputBias) = Linear("attention_input", width, 3 * width, device, random);
        (outputWeight, outputBias) = Linear("attention_output", width, width, device, random);
        (innerNormWeight, innerNormBias) = Norm("inner_norm", device);
        (innerWeight, innerBias) = Linear("inner", width, shape.InnerWidth, device, random);
        (outerWeight, outerBias) = Linear("outer", shape.InnerWidth, width, device, random);
    }

    /// <summary>Runs the block.</summary>
    /// <param name="input">[batch, length, width] float32.</param>
    /// <param name="random">Where dropout draws from; null = no dropout.</param>
    /// <param name="dropout">Probability, in [0, 1).</param>
    /// <returns>[batch, length, width] float32.</returns>
    public Tensor Forward(Tensor input, TorchRandom? random, double dropout)
    {
        var attended = input.add(Drop(Attend(layer_norm(input, [width], attentionNormWeight, attentionNormBias)), random, dropout), Scalars.One);
        var inner = gelu(linear(layer_norm(attended, [width], innerNormWeight, innerNormBias), innerWeight, innerBias)); // [batch, length, inner]
        return attended.add(Drop(linear(inner, outerWeight, outerBias), random, dropout), Scalars.One);
    }

    private static Tensor Drop(Tensor value, TorchRandom? random, double dropout) => random is null ? value : random.Dropout(value, dropout);

    private Tensor Attend(Tensor input)
    {
        var (batch, length) = (input.shape[0], input.shape[1]);
        var parts = linear(input, inputWeight, inputBias) // [batch, length, 3 × width]
            .view(batch, length, 3, heads, width / heads).permute(2, 0, 3, 1, 4).unbind(0); // 3 of [batch, heads, length, width / heads]
        var attended = scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: true); // [batch, heads, length, width / heads]
        return linear(attended.transpose(1, 2).reshape(batch, length, width), outputWeight, outputBias);
    }

    private (Parameter Weight, Parameter Bias) Norm(string name, Device device) =>
        (Register($"{name}.weight", ones(width, device: device)), Register($"{name}.bias", zeros(width, device: device)));

    private (Parameter Weight, Parameter Bias) Linear(string name, int from, int to, Device device, TorchRandom random)
    {
        var weight = empty(to, from, device: device);
        random.Normal(weight, InitialDeviation);
        return (Register($"{name}.weight", weight), Register($"{name}.bias", zeros(to, device: device)));
    }

    private Parameter Register(string name, Tensor value)
    {
        var parameter = new Parameter(value);
        register_parameter(name.Replace('.', '_'), parameter);
        return parameter;
    }
}
