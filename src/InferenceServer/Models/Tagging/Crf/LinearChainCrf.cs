using KpGrpc.InferenceServer.Models.Tagging.Network;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Torch;
using TorchSharp;
using TorchSharp.Modules;

namespace KpGrpc.InferenceServer.Models.Tagging.Crf;

/// <summary>
/// A linear-chain conditional random field over tag scores (Lafferty, McCallum and Pereira 2001): the loss is the negative
/// logarithm of the probability of the right row of tags, with the partition sum in log space. Owns its weights.
/// </summary>
internal sealed class LinearChainCrf : IDisposable
{
    /// <summary>Score of what the tag scheme forbids: small enough never to be chosen, and finite, so that gradients stay so.</summary>
    private const float Forbidden = -1e4f;

    private const string StartName = "crf.start.weight";
    private const string BetweenName = "crf.between.weight";
    private const string EndName = "crf.end.weight";

    private readonly torch.Tensor startRule; // [tags] float32: 0 or Forbidden, as are the next two
    private readonly torch.Tensor betweenRule; // [tags, tags]
    private readonly torch.Tensor endRule; // [tags]

    /// <summary>Makes a field that prefers nothing yet but forbids what the scheme forbids.</summary>
    public LinearChainCrf(TagSet tags, torch.Device device)
    {
        var count = tags.Count;
        Tree = new WeightTree([(StartName, [count]), (BetweenName, [count, count]), (EndName, [count])], (_, _) => { }, device);
        var all = Enumerable.Range(0, count).ToArray();
        startRule = Rule([.. all.Select(tags.MayStart)], count);
        endRule = Rule([.. all.Select(tags.MayEnd)], count);
        betweenRule = Rule([.. all.SelectMany(from => all.Select(to => tags.MayFollow(from, to)))], count, count);

        torch.Tensor Rule(bool[] allowed, params long[] shape) =>
            torch.tensor([.. allowed.Select(isAllowed => isAllowed ? 0f : Forbidden)], shape, device: device).DetachFromDisposeScope();
    }

    /// <summary>The learned scores under their names in a checkpoint.</summary>
    public WeightTree Tree { get; }

    /// <summary>The mean loss of a batch of sequences, each weighing as its tokens.</summary>
    /// <param name="emissions">[batch, length, tags] float32</param>
    /// <param name="targets">[batch, length] int64: the right tags; anything allowed where a row is filled up.</param>
    /// <param name="mask">[batch, length] float32: 1 where a token is, 0 after each sequence's end; every first token is there.</param>
    /// <returns>[] float32, a nat a token</returns>
    public torch.Tensor Loss(torch.Tensor emissions, torch.Tensor targets, torch.Tensor mask)
    {
        using var scope = torch.NewDisposeScope();
        var start = Tree[StartName].add(startRule, Scalars.One); // [tags] float32
        var between = Tree[BetweenName].add(betweenRule, Scalars.One); // [tags, tags] float32
        var end = Tree[EndName].add(endRule, Scalars.One); // [tags] float32
        var all = Partition(emissions, mask, start, between, end); // [batch] float32
        var right = Score(emissions, targets, mask, start, between, end); // [batch] float32
        return all.sub(right, Scalars.One).sum().div(mask.sum()).MoveToOuterDisposeScope();
    }

    /// <summary>The learned scores for decoding.</summary>
    public TransitionScores Transitions() => new(
        Values(StartName), Values(BetweenName), Values(EndName));

    /// <inheritdoc />
    public void Dispose()
    {
        startRule.Dispose();
        betweenRule.Dispose();
        endRule.Dispose();
        Tree.Dispose();
    }

    /// <summary>The logarithm of the sum over all rows of tags, [batch] float32.</summary>
    private static torch.Tensor Partition(torch.Tensor emissions, torch.Tensor mask, torch.Tensor start, torch.Tensor between, torch.Tensor end)
    {
        var sums = emissions.select(1, 0).add(start, Scalars.One); // [batch, tags] float32
        for (var at = 1L; at < emissions.shape[1]; at++)
        {
            var paths = sums.unsqueeze(2).add(between, Scalars.One).logsumexp(1); // [batch, tags] float32
            var next = paths.add(emissions.select(1, at), Scalars.One);
            sums = sums.lerp(next, mask.select(1, at).unsqueeze(1)); // the mask is 0 or 1: keep or take
        }

        return sums.add(end, Scalars.One).logsumexp(1);
    }

    /// <summary>The score of the right row of tags, [batch] float32.</summary>
    private static torch.Tensor Score(
        torch.Tensor emissions, torch.Tensor targets, torch.Tensor mask, torch.Tensor start, torch.Tensor between, torch.Tensor end)
    {
        var length = targets.shape[1];
        var chosen = emissions.gather(2, targets.unsqueeze(2)).squeeze(2).mul(mask).sum(1); // [batch] float32
        var first = start.index_select(0, targets.select(1, 0)); // [batch] float32
        var lastAt = mask.sum(1).to(torch.int64).sub(Scalars.IntegerOne).unsqueeze(1); // [batch, 1] int64
        var last = end.index_select(0, targets.gather(1, lastAt).squeeze(1)); // [batch] float32
        var score = chosen.add(first, Scalars.One).add(last, Scalars.One);
        if (length == 1)
        {
            return score;
        }

        var steps = between.index_select(0, targets.narrow(1, 0, length - 1).flatten()) // [batch × (length - 1), tags] float32
            .gather(1, targets.narrow(1, 1, length - 1).flatten().unsqueeze(1)).view(targets.shape[0], length - 1);
        return score.add(steps.mul(mask.narrow(1, 1, length - 1)).sum(1), Scalars.One);
    }

    private float[] Values(string name)
    {
        using var scope = torch.NewDisposeScope();
        return [.. Tree[name].detach().cpu().flatten().data<float>()];
    }
}
