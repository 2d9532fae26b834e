using System.Globalization;
using KpGrpc.InferenceServer.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Training;

/// <summary>Trains the recommender on each data set of a plan and publishes the versions.</summary>
internal static class RecommenderTraining
{
    /// <summary>Runs the plan.</summary>
    public static void Run(IAnsiConsole console, TimeProvider time, RecommenderPlan plan, CancellationToken cancellationToken)
    {
        var folders = new ModelFolders(plan.Output);
        TorchRuntime? runtime = null;
        foreach (var source in plan.Sources)
        {
            var version = plan.Version ?? source.Name;
            if (plan.SkipExisting && Directory.Exists(folders.PathOf(plan.Model, version)))
            {
                console.WriteLine($"{folders.PathOf(plan.Model, version)} exists and is left as it is");
                continue;
            }

            if (runtime is null)
            {
                runtime = new TorchRuntime(Options.Create(new TorchOptions { Device = plan.Device }), NullLogger<TorchRuntime>.Instance);
                if (plan.Threads > 0)
                {
                    TorchSharp.torch.set_num_threads(plan.Threads);
                }
            }

            TrainOne(console, time, plan, folders, source, version, runtime, cancellationToken);
        }
    }

    private static void TrainOne(
        IAnsiConsole console, TimeProvider time, RecommenderPlan plan, ModelFolders folders, EvaluationSource source, string version, TorchRuntime runtime, CancellationToken cancellationToken)
    {
        var set = EvaluationSources.Read(console, source);
        var data = TrainingData.ForEvaluation(set);
        var work = Path.Combine(folders.Root, plan.Model, $".training-{version}"); // no version starts with a point
        if (!plan.Resume && Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        var trainer = new SequenceTrainer(plan.Options, runtime.Device, time);
        var (model, figures) = TrainingDisplay.Run(console, $"{plan.Model} {version}", progress => trainer.Train(data, work, progress, cancellationToken));
        using (model)
        {
            var floor = SequenceTrainer.Floor(model, data, cancellationToken);
            var published = SequencePublishing.Publish(folders, model, plan.Model, version, set.Name, figures, floor, time.GetUtcNow());
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{published.Path}: validation hr@10 {figures.HitRate:F4}, ndcg@10 {figures.Ndcg:F4} (counts alone {floor.HitRate:F4}, {floor.Ndcg:F4}); counts weigh {model.Prior.Weight}, floor {model.Prior.Floor}"));
        }
    }
}
