using KpGrpc.InferenceServer.Commands;
using KpGrpc.InferenceServer.Commands.Training;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Tests.Models.Sequence;
using KpGrpc.Testing;
using Spectre.Console;
using TorchSharp;

namespace KpGrpc.InferenceServer.Tests.Commands.Training;

public sealed class RecommenderTrainingTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly StringWriter output = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
    }

    [Fact]
    public void Run_FileOfHistories_PublishesAVersionThatLoads()
    {
        RecommenderTraining.Run(Console(), TimeProvider.System, Plan(skipExisting: false), CancellationToken.None);

        var published = new ModelFolders(folder.Combine("models")).Open("recommender", "rings");
        published.Verify(CancellationToken.None);
        Assert.Equal("ndcg@10", published.Card.GateMetric);
        Assert.Equal("rings", published.Card.Dataset);
        Assert.Contains(ModelFolder.GoldenFile, published.Card.Files.Select(file => file.Path));
        Assert.Contains("epoch 4/4", output.ToString(), StringComparison.Ordinal);
        using var model = SequenceModelFile.Load(published.Path, torch.CPU);
        Assert.Equal(SmallSequences.Items, model.ItemCount);
    }

    [Fact]
    public void Run_VersionThatExists_FailsOrIsLeftAsItIs()
    {
        RecommenderTraining.Run(Console(), TimeProvider.System, Plan(skipExisting: false), CancellationToken.None);

        Assert.Equal(1, TrainingFaults.Guard(
            Console(), () => RecommenderTraining.Run(Console(), TimeProvider.System, Plan(skipExisting: false), CancellationToken.None), "stopped"));
        Assert.Contains("exists already", output.ToString(), StringComparison.Ordinal);
        RecommenderTraining.Run(Console(), TimeProvider.System, Plan(skipExisting: true), CancellationToken.None);
        Assert.Contains("is left as it is", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Guard_Stopped_SaysHowToGoOn()
    {
        Assert.Equal(130, TrainingFaults.Guard(Console(), () => throw new OperationCanceledException(), "The same command goes on."));
        Assert.Contains("The same command goes on.", output.ToString(), StringComparison.Ordinal);
    }

    private IAnsiConsole Console()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        return console;
    }

    private RecommenderPlan Plan(bool skipExisting)
    {
        var path = folder.Combine("rings.txt");
        File.WriteAllLines(path, SmallSequences.Rings(40).Select((history, learner) => $"{learner} {string.Join(' ', history)}"));
        return new RecommenderPlan(
            [new EvaluationSource("rings", path, HistoryFormat.Sequences)], folder.Combine("models"), "recommender", Version: null, skipExisting, Resume: true, "cpu", Threads: 0, SmallSequences.Options());
    }
}
