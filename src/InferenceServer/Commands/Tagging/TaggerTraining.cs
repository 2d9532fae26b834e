using System.Globalization;
using KpGrpc.InferenceServer.Commands.Training;
using KpGrpc.InferenceServer.Models.Tagging;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Serving;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.InferenceServer.Models.Tagging.Training;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Training;
using Spectre.Console;
using TorchSharp;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary>Trains a tagger and publishes the version.</summary>
internal static class TaggerTraining
{
    private const string GateMetric = "macro_f1";

    /// <summary>Runs the plan.</summary>
    public static void Run(IAnsiConsole console, TimeProvider time, TorchRuntime runtime, TrainTaggerPlan plan, TaggerTrainingOptions options, CancellationToken cancellationToken)
    {
        var folders = new ModelFolders(plan.Output);
        if (plan.SkipExisting && Directory.Exists(folders.PathOf(plan.Model, plan.Version)))
        {
            console.WriteLine($"{folders.PathOf(plan.Model, plan.Version)} exists and is left as it is");
            return;
        }

        var texts = TaggerData.Tagged(console, plan.Data, plan.Format);
        var split = plan.Validation is { } held
            ? new TaggedSplit(texts, TaggerData.Tagged(console, held, plan.Format))
            : TaggedSplit.Of(texts, options.ValidationShare, options.Seed);
        var plain = TaggerData.Plain(console, plan.Plain);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{split.Train.Count:N0} texts to learn from, {split.Validation.Count:N0} to choose by, {plain.Count:N0} pieces without tags; {runtime.Description}"));
        var work = Path.Combine(folders.Root, plan.Model, $".training-{plan.Version}"); // no version starts with a point
        if (!plan.Resume && Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        var (model, best) = TrainingDisplay.Run(console, $"{plan.Model} {plan.Version}", progress =>
        {
            var trainer = new TaggerTrainer(options, work, time, progress);
            var started = Start(trainer, plan, split, plain, options, runtime.Device);
            return (started, trainer.Train(started, split, plain, cancellationToken));
        });
        using (model)
        {
            var checkpoint = Path.Combine(work, "checkpoint");
            TaggerFolder.Write(checkpoint, model);
            var published = TaggerPublishing.Publish(folders, checkpoint, CardOf(plan, split, best.MacroF1, time));
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{published.Path}: validation macro F1 {best.MacroF1:F4} in epoch {best.Epoch}"));
        }
    }

    private static ModelCard CardOf(TrainTaggerPlan plan, TaggedSplit split, double macroF1, TimeProvider time) => new()
    {
        Name = plan.Model,
        Version = plan.Version,
        Task = ModelTask.Tagging,
        Kind = TaggerLoader.KindName,
        PublishedAt = time.GetUtcNow(),
        Dataset = Path.GetFileName(plan.Data),
        CodeVersion = typeof(TaggerTraining).Assembly.GetName().Version?.ToString(3) ?? "",
        GateMetric = GateMetric,
        Metrics = new Dictionary<string, CardMetric> { [GateMetric] = new(macroF1, split.Validation.Count) },
    };

    private static TaggerModel Start(
        TaggerTrainer trainer, TrainTaggerPlan plan, TaggedSplit split, List<string> plain, TaggerTrainingOptions options, torch.Device device)
    {
        if (plan.From is null)
        {
            return trainer.Fresh(split, plain, plan.Vocabulary is { } file ? Vocabulary.Read(file) : null, device);
        }

        using var random = new TorchRandom(device);
        random.Reseed(SeededRandom.SeedOf(options.Seed, "tagger-head", 0));
        string[] labels = [.. split.Train.Concat(split.Validation).SelectMany(text => text.Spans).Select(span => span.Label).Distinct(StringComparer.Ordinal)];
        return TaggerFolder.ReadToTrain(
            plan.From, labels, settings => settings with { Dropout = options.Dropout, AttentionDropout = options.AttentionDropout },
            options.Scheme, options.Crf, options.PretrainEpochs > 0, random, device);
    }
}
