using KpGrpc.InferenceServer.Torch;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace KpGrpc.InferenceServer.Models.Tagging.Network;

/// <summary>
/// One encoder layer: self-attention and a feed-forward layer, each with a norm after its sum (Vaswani et al. 2017, post-norm;
/// Devlin et al. 2019), exact GELU. Query, key and value are one product.
/// </summary>
/// <param name="settings">The network's shape.</param>
/// <param name="weights">Where the layer's weights are.</param>
/// <param name="layer">Which layer, from 0.</param>
internal sealed class BertLayer(BertSettings settings, WeightTree weights, int layer)
{
    private readonly string prefix = WeightNames.Layer(layer);
    private readonly Scalar scale = (1 / Math.Sqrt(settings.HeadWidth)).ToScalar();

    /// <summary>The joined weight and bias of query, key and value: views of the graph while training, kept while serving.</summary>
    /// <returns>[3 × hidden, hidden] and [3 × hidden] float32, of the caller's dispose scope.</returns>
    public (torch.Tensor Weight, torch.Tensor Bias) JoinProjections()
    {
        string[] parts = ["query", "key", "value"];
        return (
            torch.cat([.. parts.Select(part => weights[$"{prefix}attention.self.{part}.weight"])], 0),
            torch.cat([.. parts.Select(part => weights[$"{prefix}attention.self.{part}.bias"])], 0));
    }

    /// <summary>Runs the layer.</summary>
    /// <param name="input">[batch, length, hidden] float32</param>
    /// <param name="batch">The tokens, of which only the bias is read.</param>
    /// <param name="distances">[1, 1, length, length] int64, <see cref="DistanceIndex"/>; null with absolute positions.</param>
    /// <param name="joined">What <see cref="JoinProjections"/> gave.</param>
    /// <param name="dropout">Null: no dropout.</param>
    /// <returns>[batch, length, hidden] float32</returns>
    public torch.Tensor Forward(
        torch.Tensor input, TokenBatch batch, torch.Tensor? distances, (torch.Tensor Weight, torch.Tensor Bias) joined, TorchRandom? dropout)
    {
        var context = Attend(input, batch.Bias, distances, joined, dropout); // [batch, length, hidden] float32
        var attended = Linear(context, "attention.output.dense");
        var middle = Norm(Drop(attended, settings.Dropout, dropout).add(input, Scalars.One), "attention.output.LayerNorm");
        var wide = F.gelu(Linear(middle, "intermediate.dense")); // [batch, length, intermediate] float32
        return Norm(Drop(Linear(wide, "output.dense"), settings.Dropout, dropout).add(middle, Scalars.One), "output.LayerNorm");
    }

    private static torch.Tensor Drop(torch.Tensor value, double share, TorchRandom? dropout) => dropout is null ? value : dropout.Dropout(value, share);

    private torch.Tensor Attend(
        torch.Tensor input, torch.Tensor? bias, torch.Tensor? distances, (torch.Tensor Weight, torch.Tensor Bias) joined, TorchRandom? dropout)
    {
        var (rows, length) = (input.shape[0], input.shape[1]);
        var projected = F.linear(input, joined.Weight, joined.Bias).view(rows, length, 3, settings.Heads, settings.HeadWidth).permute(2, 0, 3, 1, 4);
        var query = projected[0].mul(scale); // [batch, heads, length, head width] float32, as are key and value
        var key = projected[1];
        var value = projected[2];
        var scores = query.matmul(key.transpose(-1, -2)); // [batch, heads, length, length] float32
        if (distances is not null)
        {
            var embedded = weights[$"{prefix}attention.self.distance_embedding.weight"]
                .narrow(0, settings.PositionsMax - length, (2 * length) - 1); // [2 × length - 1, head width] float32
            var byDistance = query.matmul(embedded.t()); // [batch, heads, length, 2 × length - 1] float32
            scores = scores.add(byDistance.gather(3, distances.expand(rows, settings.Heads, length, length)), Scalars.One);
        }

        if (bias is not null)
        {
            scores = scores.add(bias, Scalars.One);
        }

        var shares = Drop(F.softmax(scores, -1), settings.AttentionDropout, dropout); // [batch, heads, length, length] float32
        return shares.matmul(value).transpose(1, 2).reshape(rows, length, settings.Hidden);
    }

    private torch.Tensor Linear(torch.Tensor input, string name) => F.linear(input, weights[$"{prefix}{name}.weight"], weights[$"{prefix}{name}.bias"]);

    private torch.Tensor Norm(torch.Tensor input, string name) =>
        F.layer_norm(input, [settings.Hidden], weights[$"{prefix}{name}.weight"], weights[$"{prefix}{name}.bias"], settings.NormEpsilon);
}
