using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Tests.Torch;
using KpGrpc.InferenceServer.Torch;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Models.Sequence.Training;

public sealed class CatalogueLossTests : IClassFixture<LoadedTorch>
{
    private const int Places = 40;
    private const int Items = 24;

    public CatalogueLossTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Backward_AnyKind_GivesTheGradientsThatAutomaticDifferentiationGives(bool sampled, bool beside)
    {
        using var scope = torch.NewDisposeScope();
        using var network = SmallSequences.Network(Items);
        using var random = new TorchRandom(torch.CPU);
        random.Reseed(3);
        var states = torch.empty(Places, 16); // [places, width] float32
        random.Normal(states, 1);
        var targets = torch.tensor(Enumerable.Range(0, Places).Select(place => (long)(place * 7 % Items)).ToArray());
        var sample = sampled ? torch.tensor(new long[] { 2, 3, 5, 7, 11, 13, 17 }) : null;
        var prior = beside ? Prior(random, targets, sample) : ((torch.Tensor, torch.Tensor)?)null;
        var (expected, expectedStates) = Automatic(network, states, targets, sample, prior);
        var expectedGradients = Gradients(network);
        foreach (var parameter in network.parameters())
        {
            parameter.grad = null;
        }

        var (loss, gradient) = CatalogueLoss.Backward(states, targets, network, sample, prior);

        Assert.Equal(expected.item<float>(), loss.item<float>(), 1e-5f);
        AssertNear(expectedStates, gradient);
        foreach (var (name, value) in Gradients(network))
        {
            AssertNear(expectedGradients[name], value);
        }
    }

    private static (torch.Tensor Candidates, torch.Tensor Targets) Prior(TorchRandom random, torch.Tensor targets, torch.Tensor? sample)
    {
        var all = torch.empty(Places, Items); // [places, items] float32
        random.Normal(all, 1);
        return (sample is null ? all : all.index_select(1, sample), all.gather(1, targets.unsqueeze(1)).squeeze(1));
    }

    /// <summary>The same loss as the plain formula, differentiated by libtorch.</summary>
    private static (torch.Tensor Loss, torch.Tensor StateGradient) Automatic(
        SequenceNetwork network, torch.Tensor states, torch.Tensor targets, torch.Tensor? sample, (torch.Tensor Candidates, torch.Tensor Targets)? prior)
    {
        var input = states.clone().requires_grad_();
        var all = torch.addmm(network.ItemBias, input, network.Items.t(), 1, 1); // [places, items]
        var ofTargets = all.gather(1, targets.unsqueeze(1)); // [places, 1]
        var candidates = all;
        if (sample is not null)
        {
            using var correction = Math.Log((double)Items / sample.shape[0]).ToScalar();
            candidates = all.index_select(1, sample).add(correction);
        }

        if (prior is { } known)
        {
            candidates = candidates.add(known.Candidates.mul(network.PriorWeight), Scalars.One);
            ofTargets = ofTargets.add(known.Targets.unsqueeze(1).mul(network.PriorWeight), Scalars.One);
        }

        var works = sample ?? torch.arange(Scalars.IntegerZero, ((long)Items).ToScalar());
        candidates = candidates.masked_fill(works.unsqueeze(0).eq(targets.unsqueeze(1)), Scalars.NegativeInfinity);
        var scores = torch.cat([ofTargets, candidates], 1); // the target first
        var loss = torch.nn.functional.cross_entropy(scores, torch.zeros(Places, torch.int64));
        loss.backward();
        return (loss, input.grad!);
    }

    private static Dictionary<string, torch.Tensor> Gradients(SequenceNetwork network) => network.named_parameters()
        .Where(entry => entry.name is "items" or "item_bias" or "prior_weight")
        .ToDictionary(entry => entry.name, entry => entry.parameter.grad is { } gradient ? gradient.clone() : torch.zeros_like(entry.parameter));

    private static void AssertNear(torch.Tensor expected, torch.Tensor actual) =>
        Assert.All(
            expected.data<float>().ToArray().Zip(actual.data<float>().ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
}
