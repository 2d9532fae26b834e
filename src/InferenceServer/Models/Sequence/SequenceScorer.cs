using KpGrpc.InferenceServer.Torch;
using static TorchSharp.torch;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>Runs a network over histories: one synchronous call for a whole batch, tensors stay inside. One thread at a time.</summary>
/// <param name="network">Stays the caller's.</param>
/// <param name="packed">The network's embeddings, packed; null to multiply on the network's device.</param>
internal sealed class SequenceScorer(SequenceNetwork network, PackedItems? packed = null)
{
    private static readonly ReadOnlyMemory<int> Nothing = new int[1];

    /// <summary>Scores every work for each history, and gives each learner's state.</summary>
    /// <param name="histories">Works in [0, items), newest last; an empty one gets the works' biases and a state of zeros.</param>
    /// <param name="scores">[histories × items], overwritten: logits of the next work.</param>
    /// <param name="states">[histories × width], overwritten; empty = not wanted.</param>
    public void Run(IReadOnlyList<ReadOnlyMemory<int>> histories, Span<float> scores, Span<float> states)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var device = network.Items.device;
        var (ids, last) = SequenceBatch.Of([.. histories.Select(history => history.IsEmpty ? Nothing : history)], network.Shape.LengthMax, device);
        var state = network.Forward(ids).view(-1, network.Shape.Width).index_select(0, last); // [histories, width]
        if (histories.Any(history => history.IsEmpty))
        {
            state = state.mul(tensor(histories.Select(history => history.IsEmpty ? 0f : 1f).ToArray(), device: device).unsqueeze(1));
        }

        if (packed is not null)
        {
            packed.Score(state.ToValues<float>(), scores);
        }
        else
        {
            addmm(network.ItemBias, state, network.Items.t(), 1, 1).CopyValues(scores); // [histories, items]
        }

        if (!states.IsEmpty)
        {
            state.CopyValues(states);
        }
    }
}
