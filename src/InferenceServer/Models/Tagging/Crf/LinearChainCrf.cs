using KpGrpc.InferenceServer.Models.Tagging.Network;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Torch;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging.Crf;

/// <summary>
/// A linear-chain conditional random field over tag scores (Lafferty, McCallum and Pereira 2001). Its gradients come from
/// <see cref="ChainLattice"/> and not from libtorch's graph: a chain of forty tokens would be a thousand small operations.
/// Owns its weights.
/// </summary>
internal sealed class LinearChainCrf : IDisposable
{
    /// <summary>Score of what the tag scheme forbids: its exponential is 0, and sums with it stay finite.</summary>
    private const float Forbidden = -1e4f;

    private const string StartName = "crf.start";
    private const string BetweenName = "crf.between";
    private const string EndName = "crf.end";

    private readonly TagSet tags;

    /// <summary>Makes a field that prefers nothing yet and forbids what the scheme forbids.</summary>
    public LinearChainCrf(TagSet tags, torch.Device device)
    {
        this.tags = tags;
        Tree = new WeightTree(
            [(StartName, [tags.Count]), (BetweenName, [tags.Count, tags.Count]), (EndName, [tags.Count])], (_, _) => { }, device);
    }

    /// <summary>The learned scores under their names in a checkpoint.</summary>
    public WeightTree Tree { get; }

    /// <summary>The loss of a batch, a mean over its tokens.</summary>
    /// <param name="emissions">[batch, length, tags] float32</param>
    /// <param name="targets">The right tags of each sequence: as many as it has tokens, at least one, at most the length.</param>
    /// <returns>
    /// A surrogate, [] float32, whose gradients are the loss's (its value means nothing), of the caller's dispose scope; and
    /// the loss in nats a token.
    /// </returns>
    public (torch.Tensor Surrogate, double Loss) Loss(torch.Tensor emissions, IReadOnlyList<int[]> targets)
    {
        using var scope = torch.NewDisposeScope();
        var length = (int)emissions.shape[1];
        var values = emissions.ToValues<float>();
        var gradients = new float[values.Length];
        var chain = new ChainGradients(tags.Count);
        var lattice = new ChainLattice(Transitions());
        var tokens = targets.Sum(target => target.Length);
        var loss = 0.0;
        for (var row = 0; row < targets.Count; row++)
        {
            var part = new Range(row * length * tags.Count, ((row * length) + targets[row].Length) * tags.Count);
            loss += lattice.Add(values.AsSpan(part), targets[row], gradients.AsSpan(part), chain, 1f / tokens);
        }

        var surrogate = Times(emissions, gradients)
            .add(Times(Tree[StartName], chain.Start), Scalars.One)
            .add(Times(Tree[BetweenName], chain.Between), Scalars.One)
            .add(Times(Tree[EndName], chain.End), Scalars.One);
        return (surrogate.MoveToOuterDisposeScope(), loss / tokens);
    }

    /// <summary>The learned scores with the scheme's rules, for decoding.</summary>
    public TransitionScores Transitions()
    {
        var (start, between, end) = (Values(StartName), Values(BetweenName), Values(EndName));
        for (var tag = 0; tag < tags.Count; tag++)
        {
            start[tag] = tags.MayStart(tag) ? start[tag] : Forbidden;
            end[tag] = tags.MayEnd(tag) ? end[tag] : Forbidden;
            for (var after = 0; after < tags.Count; after++)
            {
                var pair = (tag * tags.Count) + after;
                between[pair] = tags.MayFollow(tag, after) ? between[pair] : Forbidden;
            }
        }

        return new TransitionScores(start, between, end);
    }

    /// <inheritdoc />
    public void Dispose() => Tree.Dispose();

    private static torch.Tensor Times(torch.Tensor value, float[] gradient) =>
        value.mul(torch.tensor(gradient, value.shape, device: value.device)).sum();

    private float[] Values(string name)
    {
        using var scope = torch.NewDisposeScope();
        return Tree[name].ToValues<float>();
    }
}
