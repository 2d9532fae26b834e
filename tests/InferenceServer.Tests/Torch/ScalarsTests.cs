using KpGrpc.InferenceServer.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Models.Tagging;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Tests.Models.Sequence;
using KpGrpc.InferenceServer.Tests.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Tests.Models.Tagging.Fixtures;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Training;
using KpGrpc.Testing;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Torch;

/// <summary>What happens to numbers and tensors in native calls while the collector runs all the time.</summary>
public sealed class ScalarsTests : IClassFixture<LoadedTorch>
{
    public ScalarsTests(LoadedTorch torchLoaded) => Assert.NotNull(torchLoaded.Device);

    [Fact]
    public void Operations_WhileTheCollectorRuns_NeverThrowAndNeverDiffer()
    {
        var operations = TestScale.Of(200_000, 1_000_000);
        using var collector = new RestlessCollector();
        using var left = torch.tensor(new float[] { 1, 2, 3, 4 }, 2, 2);
        using var right = torch.tensor(new float[] { 0.5f, 1, -1, 2 }, 2, 2);
        float[]? expected = null;
        var done = 0;
        while (done < operations)
        {
            var (values, count) = Round(left, right);
            expected ??= values;
            Assert.Equal(expected, values);
            done += count;
        }

        Assert.True(collector.Collections > 100, $"only {collector.Collections} collections ran");
    }

    [Fact]
    public void Training_WhileTheCollectorRuns_GivesTheWeightsThatItGivesInPeace()
    {
        var inPeace = Train();

        using var collector = new RestlessCollector();
        Assert.Equal(inPeace, Train());
    }

    [Fact]
    public void Requests_WhileTheCollectorRuns_GetTheAnswersThatTheyGetInPeace()
    {
        using var recommender = new SequenceRunner(new SharedSequenceModel(SmallModel.Make(50), 1));
        using var tagger = new TaggerRunner(TaggerFolder.Read(Fixture.Folder("relative"), torch.CPU));
        var history = new SequenceRequest(new[] { 3, 1, 4, 15, 9 });
        var text = tagger.Model.Tokenizer.Tokenize("浙商银行企业信贷部");
        var (scores, tags) = (Scores(), tagger.Run([text])[0]);

        using var collector = new RestlessCollector();
        for (var request = 0; request < TestScale.Of(2_000, 10_000); request++)
        {
            Assert.Equal(scores, Scores());
            var reply = tagger.Run([text])[0];
            Assert.Equal(tags.Tags, reply.Tags);
            Assert.Equal(tags.Scores, reply.Scores);
        }

        float[] Scores()
        {
            using var reply = recommender.Run([history])[0];
            return reply.Scores.ToArray();
        }
    }

    /// <summary>The kinds of calls that networks, losses and optimisers make, each with scalars that are held.</summary>
    private static (float[] Values, int Operations) Round(torch.Tensor left, torch.Tensor right)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var factor = 0.75.ToScalar();
        var sum = left.add(right, Scalars.One).add(left, Scalars.MinusOne).mul(factor).mul_(right);
        var updated = sum.clone().mul_(factor).add_(left, factor).addcmul_(left, right, factor).addcdiv_(left, left.add(Scalars.One, Scalars.One), factor);
        var scored = torch.matmul(updated, right.t()).softmax(1).log();
        var clipped = scored.clamp_max(Scalars.One).masked_fill(left.eq(right), Scalars.Zero).add(Scalars.One, Scalars.One);
        var total = clipped.add(torch.full_like(clipped, factor), Scalars.One).div(updated.mul(updated).sum().sqrt());
        return (total.data<float>().ToArray(), 26);
    }

    private static float[] Train()
    {
        using var scope = torch.NewDisposeScope();
        using var network = SmallSequences.Network();
        using var random = new TorchRandom(torch.CPU);
        var options = SmallSequences.Options();
        options.Dropout = 0.2;
        using var optimizer = new AdamW(ParameterGroup.Of(network, options.WeightDecay), new AdamWOptions());
        var step = new SequenceStep(network, optimizer, options, random);
        var histories = SmallSequences.Rings(40);
        for (var epoch = 0; epoch < TestScale.Of(3, 30); epoch++)
        {
            foreach (var windows in EpochPlan.Make(histories, 16, 64, new SeededRandom(0, "order", epoch)))
            {
                step.Run(histories, windows, 0.01);
            }
        }

        return [.. network.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
    }

    /// <summary>A thread that forces one collection after the other until it is disposed.</summary>
    private sealed class RestlessCollector : IDisposable
    {
        private readonly Thread thread;
        private volatile bool stopped;

        public RestlessCollector()
        {
            thread = new Thread(() =>
            {
                while (!stopped)
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    Collections++;
                }
            })
            { IsBackground = true, Name = "restless collector" };
            thread.Start();
        }

        public int Collections { get; private set; }

        public void Dispose()
        {
            stopped = true;
            thread.Join();
        }
    }
}
