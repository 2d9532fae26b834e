using KpGrpc.InferenceServer.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>
/// A causal transformer over a learner's works (SASRec, Kang and McAuley 2018): the state at a place is a vector whose
/// product with a work's embedding, plus the work's bias, says how likely the work is next. Input and output share the
/// embeddings.
/// </summary>
internal sealed class SequenceNetwork : nn.Module
{
    private const double InitialDeviation = 0.02;
    private const float InitialPriorWeight = 1.5f;

    private readonly Parameter places;      // [length, width]
    private readonly Parameter normWeight;  // [width]
    private readonly Parameter normBias;    // [width]
    private readonly Scalar inputScale;
    private readonly CausalBlock[] blocks;

    /// <summary>Makes the network with random weights.</summary>
    /// <param name="shape">Dimensions.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="random">Seeded source of the weights.</param>
    public SequenceNetwork(SequenceShape shape, Device device, TorchRandom random)
        : base(nameof(SequenceNetwork))
    {
        Shape = shape;
        inputScale = Math.Sqrt(shape.Width).ToScalar();
        Items = Random("items", shape.ItemCount, shape.Width, device, random);
        places = Random("places", shape.LengthMax, shape.Width, device, random);
        ItemBias = Register("item_bias", zeros(shape.ItemCount, device: device));
        PriorWeight = Register("prior_weight", tensor(InitialPriorWeight, device: device));
        normWeight = Register("norm_weight", ones(shape.Width, device: device));
        normBias = Register("norm_bias", zeros(shape.Width, device: device));
        blocks = [.. Enumerable.Range(0, shape.Blocks).Select(_ => new CausalBlock(shape, device, random))];
        for (var block = 0; block < blocks.Length; block++)
        {
            register_module($"block{block}", blocks[block]);
        }
    }

    /// <summary>Dimensions.</summary>
    public SequenceShape Shape { get; }

    /// <summary>Embeddings of the works, [items, width] float32.</summary>
    public Parameter Items { get; }

    /// <summary>Biases of the works, [items] float32.</summary>
    public Parameter ItemBias { get; }

    /// <summary>What the counts weigh in training, [] float32; see <see cref="CountsPrior"/>.</summary>
    public Parameter PriorWeight { get; }

    /// <summary>The states after each place of each history.</summary>
    /// <param name="ids">[batch, length] int64, histories from the left, whatever in [0, items) behind them; length ≤ LengthMax.</param>
    /// <param name="random">Where dropout draws from; null = no dropout, as in serving.</param>
    /// <param name="dropout">Probability, in [0, 1).</param>
    /// <returns>[batch, length, width] float32.</returns>
    public Tensor Forward(Tensor ids, TorchRandom? random = null, double dropout = 0)
    {
        var length = ids.shape[1];
        var input = Items.index_select(0, ids.view(-1)).view(ids.shape[0], length, Shape.Width) // [batch, length, width]
            .mul(inputScale).add(places.narrow(0, 0, length), Scalars.One);
        var state = random is null ? input : random.Dropout(input, dropout);
        foreach (var block in blocks)
        {
            state = block.Forward(state, random, dropout);
        }

        return layer_norm(state, [Shape.Width], normWeight, normBias);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inputScale.Dispose();
        }

        base.Dispose(disposing);
    }

    private Parameter Random(string name, int rows, int columns, Device device, TorchRandom random)
    {
        var value = empty(rows, columns, device: device);
        random.Normal(value, InitialDeviation);
        return Register(name, value);
    }

    private Parameter Register(string name, Tensor value)
    {
        var parameter = new Parameter(value);
        register_parameter(name, parameter);
        return parameter;
    }
}
