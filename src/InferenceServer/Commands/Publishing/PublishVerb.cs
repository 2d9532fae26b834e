using System.CommandLine;
using KpGrpc.InferenceServer.Commands.Tagging;
using KpGrpc.InferenceServer.Models.Tagging.Serving;
using KpGrpc.InferenceServer.Registry;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Publishing;

/// <summary><c>publish</c>: makes a checkpoint a version of the registry, with a card and a golden set.</summary>
internal static class PublishVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time) => new("publish", "Makes a checkpoint a version that servers load.") { Tagger(console, time) };

    private static Command Tagger(IAnsiConsole console, TimeProvider time)
    {
        var from = new Option<DirectoryInfo>("--from") { Description = "Checkpoint folder (config.json, vocab.txt, model.safetensors).", Required = true };
        var models = new Option<DirectoryInfo>("--models") { Description = "Folder of all models.", DefaultValueFactory = _ => new DirectoryInfo(new Registry.Serving.RegistryOptions().Directory) };
        var name = new Option<string>("--name") { Description = "Name of the model.", DefaultValueFactory = _ => "tagger" };
        var version = new Option<string?>("--version") { Description = "Name of the version. Default: the time." };
        var dataset = new Option<string>("--dataset") { Description = "Name of the data that it was trained on.", DefaultValueFactory = _ => "" };
        var f1 = new Option<double?>("--macro-f1") { Description = "Its macro F1 on the validation part: versions of the same data with a lower one are not promoted over it." };
        var verb = new Command(
            "tagger",
            """
            Publishes a tagger's checkpoint folder. A running server takes it up with ModelService.LoadModel, or when it starts.

            Example:
              kp-inference publish tagger --from trained/tagger --version 2026-11-28 --dataset cluener --macro-f1 0.71
            """) { from, models, name, version, dataset, f1 };
        verb.SetAction((parsed, _) => Task.FromResult(TaggerFaults.Run(console, "cpu", _ =>
        {
            var score = parsed.GetValue(f1);
            var card = new ModelCard
            {
                Name = parsed.GetValue(name)!,
                Version = parsed.GetValue(version) ?? $"{time.GetUtcNow():yyyyMMdd-HHmmss}",
                Task = ModelTask.Tagging,
                Kind = TaggerLoader.KindName,
                PublishedAt = time.GetUtcNow(),
                Dataset = parsed.GetValue(dataset)!,
                CodeVersion = typeof(PublishVerb).Assembly.GetName().Version?.ToString(3) ?? "",
                Metrics = score is { } value ? new Dictionary<string, CardMetric> { ["macro_f1"] = new(value) } : [],
                GateMetric = score is null ? "" : "macro_f1",
            };
            var published = TaggerPublishing.Publish(new ModelFolders(parsed.GetValue(models)!.FullName), parsed.GetValue(from)!.FullName, card);
            console.WriteLine($"Published {published.Path}");
        })));
        return verb;
    }
}
