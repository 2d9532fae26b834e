using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Training;
using static TorchSharp.torch;

namespace KpGrpc.InferenceServer.Models.Sequence.Training;

/// <summary>One optimiser step of a sequence network.</summary>
/// <param name="network">What learns.</param>
/// <param name="optimizer">Its optimiser.</param>
/// <param name="options">Settings.</param>
/// <param name="random">Reseeded for each step.</param>
/// <param name="counts">What the network learns beside; null = it learns alone.</param>
/// <param name="floor">Floor of the counts' prior.</param>
internal sealed class SequenceStep(
    SequenceNetwork network, AdamW optimizer, SequenceTrainerOptions options, TorchRandom random, FoldedCounts? counts = null, double floor = 1)
{
    /// <summary>Learns from windows.</summary>
    /// <returns>The mean loss in nats.</returns>
    public double Run(IReadOnlyList<int[]> histories, TrainingWindow[] windows, double learningRate)
    {
        using var scope = NewDisposeScope();
        random.Reseed(SeededRandom.SeedOf(options.Seed, "dropout", optimizer.Steps));
        var device = network.Items.device;
        var (ids, places, targets) = SequenceBatch.Of(histories, windows, device);
        var states = network.Forward(ids, random, options.Dropout).view(-1, network.Shape.Width).index_select(0, places); // [places, width]
        var sample = Sample(device);
        var (loss, gradient) = CatalogueLoss.Backward(
            states.detach(), targets, network, sample, counts?.Of(histories, windows, places, sample, floor));
        states.backward([gradient]);
        optimizer.Step(learningRate);
        return loss.item<float>();
    }

    private Tensor? Sample(Device device)
    {
        var items = network.Shape.ItemCount;
        if (options.SampledWorks == 0 || options.SampledWorks >= items)
        {
            return null;
        }

        var draw = new SeededRandom(options.Seed, "sample", optimizer.Steps);
        var drawn = new HashSet<long>(options.SampledWorks);
        for (var last = items - options.SampledWorks; last < items; last++) // Floyd's draw without repetition
        {
            if (!drawn.Add(draw.Below(last + 1)))
            {
                drawn.Add(last);
            }
        }

        return tensor(drawn.ToArray(), device: device); // [samples] int64
    }
}
