using KpGrpc.InferenceServer.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace KpGrpc.InferenceServer.Models.Sequence.Training;

/// <summary>
/// Cross entropy of the next work against the catalogue, and its gradient, in one pass over small blocks of places: a
/// block's scores stay in the processor's cache, where the plain way writes and reads [places, items] from memory six times.
/// </summary>
internal static class CatalogueLoss
{
    private const int BlockBytes = 2 << 20; // of scores; near the size of a second-level cache

    /// <summary>
    /// Adds the gradients of the mean loss to those of the works and biases, and gives the gradient of the states.
    /// </summary>
    /// <param name="states">[places, width] float32, detached.</param>
    /// <param name="targets">[places] int64: the work that came next.</param>
    /// <param name="network">Its <c>Items</c> and <c>ItemBias</c> get gradients.</param>
    /// <param name="sample">
    /// [samples] int64: works drawn uniformly without repetition that stand for the rest of the catalogue; null = all works.
    /// </param>
    /// <param name="prior">
    /// What the counts say of the candidates, [places, candidates], and of the targets, [places]; times the network's
    /// <c>PriorWeight</c> it is added to the scores. Null = nothing.
    /// </param>
    /// <returns>The mean loss, [] float32, and the gradient of the states, [places, width] float32.</returns>
    public static (Tensor Loss, Tensor StateGradient) Backward(Tensor states, Tensor targets, SequenceNetwork network, Tensor? sample, (Tensor Candidates, Tensor Targets)? prior = null)
    {
        using var noGradient = no_grad();
        var items = network.Items.detach();                                                       // [items, width]
        var candidates = sample is null ? items : items.index_select(0, sample);                  // [candidates, width]
        var bias = CandidateBias(network, sample);                                                // [candidates]
        var candidateGradient = zeros_like(candidates);
        var biasGradient = zeros_like(bias);
        var stateGradient = zeros_like(states);
        var targetRows = items.index_select(0, targets);                                          // [places, width]
        var targetScores = states.mul(targetRows).sum(1).add(network.ItemBias.detach().index_select(0, targets), Scalars.One); // [places]
        var priorWeight = network.PriorWeight.detach();                                           // []
        var priorGradient = zeros_like(priorWeight);                                              // []
        if (prior is { } known)
        {
            targetScores.addcmul_(known.Targets, priorWeight, Scalars.One);
        }

        using var share = (1.0 / states.shape[0]).ToScalar();
        using var taken = (-1.0 / states.shape[0]).ToScalar();
        var targetWeights = full_like(targetScores, taken);                                       // [places]
        var loss = zeros([], device: states.device);

        var rows = Math.Max(1, BlockBytes / sizeof(float) / candidates.shape[0]);
        for (var at = 0L; at < states.shape[0]; at += rows)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(rows, states.shape[0] - at);
            var block = states.narrow(0, at, count);                                              // [rows, width]
            var blockTargets = targets.narrow(0, at, count);                                      // [rows]
            var blockTargetScores = targetScores.narrow(0, at, count);                            // [rows]
            var scores = addmm(bias, block, candidates.t(), 1, 1);                                // [rows, candidates]
            var said = prior?.Candidates.narrow(0, at, count);                                    // [rows, candidates]
            if (said is not null)
            {
                scores.addcmul_(said, priorWeight, Scalars.One);
            }

            var normalizer = Normalizer(scores, blockTargets, blockTargetScores, sample);         // [rows]
            loss.add_(normalizer.add(blockTargetScores, Scalars.MinusOne).sum(), share);
            var weights = scores.add_(normalizer.unsqueeze(1), Scalars.MinusOne).exp_().mul_(share);   // [rows, candidates]
            addmm_(candidateGradient, weights.t(), block, 1, 1);
            biasGradient.add_(weights.sum(0L), Scalars.One);
            if (said is not null)
            {
                priorGradient.add_(said.mul(weights).sum(), Scalars.One);
            }

            stateGradient.narrow(0, at, count).addmm_(weights, candidates, 0, 1);
            if (sample is not null)
            {
                targetWeights.narrow(0, at, count).add_(blockTargetScores.add(normalizer, Scalars.MinusOne).exp_(), share);
            }
        }

        stateGradient.addcmul_(targetWeights.unsqueeze(1), targetRows, Scalars.One);
        if (prior is { } given)
        {
            priorGradient.add_(given.Targets.mul(targetWeights).sum(), Scalars.One);
            (network.PriorWeight.grad ??= zeros_like(priorWeight)).add_(priorGradient, Scalars.One);
        }

        AddGradients(network, sample, targets, candidateGradient, biasGradient, states.mul(targetWeights.unsqueeze(1)), targetWeights);
        return (loss, stateGradient);
    }

    /// <summary>A sampled work stands for items / samples of them: its score gets the logarithm of that.</summary>
    private static Tensor CandidateBias(SequenceNetwork network, Tensor? sample)
    {
        var bias = network.ItemBias.detach();
        if (sample is null)
        {
            return bias;
        }

        using var correction = Math.Log((double)network.Shape.ItemCount / sample.shape[0]).ToScalar();
        return bias.index_select(0, sample).add(correction, Scalars.One);
    }

    /// <summary>
    /// The logarithm of the sum of all exponentials, [rows]. Among all works the target is one of the candidates; beside a
    /// sample its own score is added, and struck out of the sample where it was drawn too.
    /// </summary>
    private static Tensor Normalizer(Tensor scores, Tensor targets, Tensor targetScores, Tensor? sample)
    {
        if (sample is null)
        {
            return scores.logsumexp(1);
        }

        scores.masked_fill_(sample.unsqueeze(0).eq(targets.unsqueeze(1)), Scalars.NegativeInfinity);
        return scores.logsumexp(1).logaddexp(targetScores);
    }

    private static void AddGradients(
        SequenceNetwork network, Tensor? sample, Tensor targets, Tensor candidateGradient, Tensor biasGradient, Tensor targetGradient, Tensor targetWeights)
    {
        var itemsGradient = network.Items.grad ??= zeros_like(network.Items, requires_grad: false);
        var itemBiasGradient = network.ItemBias.grad ??= zeros_like(network.ItemBias, requires_grad: false);
        if (sample is null)
        {
            itemsGradient.add_(candidateGradient, Scalars.One);
            itemBiasGradient.add_(biasGradient, Scalars.One);
        }
        else
        {
            itemsGradient.index_add_(0, sample, candidateGradient, Scalars.One);
            itemBiasGradient.index_add_(0, sample, biasGradient, Scalars.One);
        }

        itemsGradient.index_add_(0, targets, targetGradient, Scalars.One);
        itemBiasGradient.index_add_(0, targets, targetWeights, Scalars.One);
    }
}
