using System.CommandLine;
using KpGrpc.InferenceServer.Commands.Training;
using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.Perf.Figures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Evaluating;

/// <summary><c>evaluate recommender</c>: a published version beside the floor and the published figures.</summary>
internal static class EvaluateRecommender
{
    private const string Examples =
        """
        Evaluates a trained recommender: leave-one-out, full ranking, ties against the model.

        Examples:
          kp-inference evaluate recommender --data events.csv --version events
          kp-inference evaluate recommender --output perf/results/eval-recommender.jsonl      ml-1m and mooccube
        """;

    /// <summary>Builds the subcommand.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var data = new Option<FileInfo?>("--data") { Description = "File with one data set. Default: ml-1m and mooccube in KP_DATA_DIR or ../shared/data." };
        var format = new Option<HistoryFormat>("--format") { Description = "How the file is written.", DefaultValueFactory = _ => HistoryFormat.Auto };
        var name = new Option<string?>("--name") { Description = "Name of the data set in the results. Default: the file's name." };
        var models = new Option<DirectoryInfo>("--models") { Description = "Folder of all models.", DefaultValueFactory = _ => new DirectoryInfo("models") };
        var model = new Option<string>("--model") { Description = "Name of the model.", DefaultValueFactory = _ => "recommender" };
        var version = new Option<string?>("--version") { Description = "Version. Default: the data set's name." };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
        device.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        var output = new Option<FileInfo?>("--output") { Description = "Where the figures go as JSON Lines. Default: nowhere." };
        var part = new Option<HeldOut>("--held-out") { Description = "Which item is to be found.", DefaultValueFactory = _ => HeldOut.Test };
        var command = new Command("recommender", Examples) { data, format, name, models, model, version, device, output, part };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(TrainingFaults.Guard(
            console,
            () =>
            {
                var figures = new List<Figure>();
                var folders = new ModelFolders(parsed.GetValue(models)!.FullName);
                var sources = EvaluationSources.Find(parsed.GetValue(data), parsed.GetValue(format), parsed.GetValue(name));
                var runtime = new TorchRuntime(Options.Create(new TorchOptions { Device = parsed.GetValue(device)! }), NullLogger<TorchRuntime>.Instance);
                foreach (var source in sources)
                {
                    var folder = folders.Open(parsed.GetValue(model)!, parsed.GetValue(version) ?? source.Name);
                    figures.AddRange(One(console, time, source, folder, runtime, parsed.GetValue(part), cancellationToken));
                }

                if (parsed.GetValue(output) is { } file)
                {
                    new FigureWriter(RunEnvironment.Detect(Environment.CurrentDirectory), time).WriteFile(file.FullName, figures);
                    console.WriteLine($"Figures are in {file.FullName}");
                }
            },
            "Stopped; nothing was written.")));
        return command;
    }

    private static IEnumerable<Figure> One(
        IAnsiConsole console, TimeProvider time, EvaluationSource source, ModelFolder folder, TorchRuntime runtime, HeldOut part, CancellationToken cancellationToken)
    {
        var set = EvaluationSources.Read(console, source);
        using var model = SequenceModelFile.Load(folder.Path, runtime.Device);
        var result = RecommenderEvaluation.Run(model, set, part, cancellationToken);
        var floor = FloorEvaluation.Run(set, part, new CountsOptions { TrainingThreads = Environment.ProcessorCount }, time, cancellationToken);
        FloorTable.Write(console, set, floor, part, ($"{folder.Card.Name} {folder.Card.Version}, ours", result.Model), ("its network alone, ours", result.NetworkAlone));
        return result.Figures(set.Name, floor);
    }
}
