using System.CommandLine;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary><c>train tagger</c>: its options.</summary>
internal static class TrainTaggerVerb
{
    private const string Help =
        """
        Trains the profile tagger (BERT token classification) from scratch, or fine-tunes a Hugging Face checkpoint, and publishes it as a version.

        Ctrl-C stops it; the same command goes on from its last checkpoint.

        Examples:
          kp-inference train tagger --data train.jsonl --version mine
          kp-inference train tagger --data train.jsonl --text courses.csv --pretrain-epochs 5
          kp-inference train tagger --data train.bio --format Bio --from bert-base-chinese --learning-rate 3e-5 --epochs 4 --swap 0
          kp-inference train tagger                      CLUENER2020, as its figure is published
          tensorboard --logdir models/tagger             curves of running and finished trainings
        """;

    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var data = new Option<FileInfo?>("--data") { Description = "Tagged texts to learn from. Default: cluener/train.jsonl in KP_DATA_DIR or ../shared/data." };
        var validation = new Option<FileInfo?>("--validation") { Description = "Tagged texts to choose the best epoch by. Default: a part held out of --data." };
        var format = new Option<TaggedFormat>("--format") { Description = "How the texts are written.", DefaultValueFactory = _ => TaggedFormat.Auto };
        var text = new Option<FileInfo[]>("--text") { Description = "Texts without tags for --pretrain-epochs: lines, JSON Lines or a CSV catalogue. May be given more than once.", DefaultValueFactory = _ => [] };
        var from = new Option<DirectoryInfo?>("--from") { Description = "Checkpoint folder to train further. Default: from scratch." };
        var vocabulary = new Option<FileInfo?>("--vocabulary") { Description = "vocab.txt of a network from scratch. Default: the characters of the texts." };
        var output = new Option<DirectoryInfo>("--output") { Description = "Folder of all models.", DefaultValueFactory = _ => new DirectoryInfo("models") };
        var model = new Option<string>("--model") { Description = "Name of the model.", DefaultValueFactory = _ => "tagger" };
        var version = new Option<string?>("--version") { Description = "Name of the version. Default: the file's name, or cluener." };
        var skip = new Option<bool>("--skip-existing") { Description = "Leave a version that exists as it is, instead of failing." };
        var anew = new Option<bool>("--no-resume") { Description = "Start anew, even where a checkpoint lies." };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
        device.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        var verb = new Command("tagger", Help) { data, validation, format, text, from, vocabulary, output, model, version, skip, anew, device };
        var settings = new TaggerSettings();
        settings.AddTo(verb);
        verb.SetAction((parsed, cancellationToken) => Task.FromResult(TaggerFaults.Run(
            console,
            parsed.GetValue(device)!,
            runtime => TaggerTraining.Run(
                console,
                time,
                runtime,
                new TrainTaggerPlan(
                    parsed.GetValue(data)?.FullName ?? TaggerData.Cluener("train.jsonl"), parsed.GetValue(validation)?.FullName, parsed.GetValue(format),
                    [.. parsed.GetValue(text)!.Select(file => file.FullName)], parsed.GetValue(from)?.FullName, parsed.GetValue(vocabulary)?.FullName,
                    parsed.GetValue(output)!.FullName, parsed.GetValue(model)!,
                    parsed.GetValue(version) ?? (parsed.GetValue(data) is { } file ? Path.GetFileNameWithoutExtension(file.Name) : TaggerData.CluenerName),
                    parsed.GetValue(skip), !parsed.GetValue(anew)),
                settings.Read(parsed),
                cancellationToken),
            "Stopped. The same command goes on from the last checkpoint.")));
        return verb;
    }
}
