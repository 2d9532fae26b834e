using System.CommandLine;
using System.Globalization;
using KpGrpc.InferenceServer.Models.Tagging;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.InferenceServer.Models.Tagging.Training;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Training;
using Spectre.Console;
using TorchSharp;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary><c>train tagger</c>: from scratch, or on from a checkpoint.</summary>
internal static class TrainTaggerVerb
{
    private const string Help = """
        Trains the profile tagger (BERT token classification) from scratch, or fine-tunes a Hugging Face checkpoint.
        The same command goes on after an interruption; TensorBoard curves are in WORK/events.

        Examples:
          kp-inference train tagger --data train.jsonl --output models/tagger
          kp-inference train tagger --data train.jsonl --text courses.csv --pretrain-epochs 5 --output models/tagger
          kp-inference train tagger --data train.bio --format bio --from bert-base-chinese --learning-rate 3e-5 --epochs 4 --swap 0 --output models/tagger
        """;

    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var data = new Option<FileInfo>("--data") { Description = "Tagged texts to learn from.", Required = true };
        var validation = new Option<FileInfo?>("--validation") { Description = "Tagged texts to choose the best epoch by. Default: a part held out of --data." };
        var format = new Option<TaggedFormat>("--format") { Description = "How the texts are written.", DefaultValueFactory = _ => TaggedFormat.Auto };
        var text = new Option<FileInfo[]>("--text") { Description = "Texts without tags for --pretrain-epochs: lines, JSON Lines or a CSV catalogue. May be given more than once.", DefaultValueFactory = _ => [] };
        var from = new Option<DirectoryInfo?>("--from") { Description = "Checkpoint folder to train further. Default: from scratch." };
        var vocabulary = new Option<FileInfo?>("--vocabulary") { Description = "vocab.txt of a network from scratch. Default: the characters of the texts." };
        var output = new Option<DirectoryInfo>("--output") { Description = "Folder of the finished checkpoint.", Required = true };
        var work = new Option<DirectoryInfo?>("--work") { Description = "Folder of checkpoints and curves. Default: OUTPUT.work" };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
        var verb = new Command("tagger", Help) { data, validation, format, text, from, vocabulary, output, work, device };
        var settings = new TaggerSettings();
        settings.AddTo(verb);
        verb.SetAction((parsed, cancellationToken) => Task.FromResult(TaggerFaults.Run(console, parsed.GetValue(device)!, runtime =>
        {
            var target = parsed.GetValue(output)!.FullName;
            Run(
                console,
                time,
                runtime,
                new TrainTaggerPlan(
                    parsed.GetValue(data)!.FullName, parsed.GetValue(validation)?.FullName, parsed.GetValue(format), [.. parsed.GetValue(text)!.Select(file => file.FullName)],
                    parsed.GetValue(from)?.FullName, parsed.GetValue(vocabulary)?.FullName, target, parsed.GetValue(work)?.FullName ?? $"{target}.work"),
                settings.Read(parsed),
                cancellationToken);
        })));
        return verb;
    }

    private static void Run(IAnsiConsole console, TimeProvider time, TorchRuntime runtime, TrainTaggerPlan plan, TaggerTrainingOptions options, CancellationToken cancellationToken)
    {
        var texts = TaggerData.Tagged(console, plan.Data, plan.Format);
        var split = plan.Validation is { } held
            ? new TaggedSplit(texts, TaggerData.Tagged(console, held, plan.Format))
            : TaggedSplit.Of(texts, options.ValidationShare, options.Seed);
        var plain = TaggerData.Plain(console, plan.Plain);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{split.Train.Count:N0} texts to learn from, {split.Validation.Count:N0} to choose by, {plain.Count:N0} pieces without tags; {runtime.Description}"));
        WithProgress(console, time, progress =>
        {
            var trainer = new TaggerTrainer(options, plan.Work, time, progress);
            using var model = Start(trainer, plan, split, plain, options, runtime.Device);
            var (best, epoch) = trainer.Train(model, split, plain, cancellationToken);
            TaggerFolder.Write(plan.Output, model);
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Best of validation: macro F1 {best:F4} in epoch {epoch}. The checkpoint is in {plan.Output}"));
        });
    }

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

    private static void WithProgress(IAnsiConsole console, TimeProvider time, Action<TaggerProgress> work)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            work(new TaggerProgress(console, null, time));
            return;
        }

        console.Progress().AutoClear(true).Start(context => work(new TaggerProgress(console, context.AddTask("preparing"), time)));
    }
}
