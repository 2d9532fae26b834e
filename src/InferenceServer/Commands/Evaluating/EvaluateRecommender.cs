using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
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
        var groups = new Option<FileInfo?>("--groups") { Description = "Lines 'work group', such as chapter and course: measures also how well a work of a new group is found. Default for mooccube: its courses." };
        var command = new Command("recommender", Examples) { data, format, name, models, model, version, device, output, part, groups };
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
                    figures.AddRange(One(console, time, source, folder, runtime, parsed.GetValue(part), parsed.GetValue(groups), cancellationToken));
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
        IAnsiConsole console, TimeProvider time, EvaluationSource source, ModelFolder folder, TorchRuntime runtime, HeldOut part, FileInfo? groupsFile, CancellationToken cancellationToken)
    {
        var set = EvaluationSources.Read(console, source);
        using var model = SequenceModelFile.Load(folder.Path, runtime.Device);
        var result = RecommenderEvaluation.Run(model, set, part, cancellationToken);
        var floor = FloorEvaluation.Run(set, part, new CountsOptions { TrainingThreads = Environment.ProcessorCount }, time, cancellationToken);
        FloorTable.Write(console, set, floor, part, ($"{folder.Card.Name} {folder.Card.Version}, ours", result.Model), ("its network alone, ours", result.NetworkAlone));
        var groups = groupsFile is not null ? WorkGroups.Read(groupsFile.FullName)
            : source.Name == "mooccube" ? WorkGroups.OfMooccube(Path.GetDirectoryName(source.Path)!) : null;
        return result.Figures(set.Name, floor).Concat(groups is null ? [] : OfNewGroups(console, model, set, part, groups, cancellationToken));
    }

    private static IEnumerable<Figure> OfNewGroups(
        IAnsiConsole console, SequenceModel model, InteractionSet set, HeldOut part, WorkGroups groups, CancellationToken cancellationToken)
    {
        var split = new LeaveOneOut(set);
        var cases = split.Cases(part).Where(entry => groups.IsNew(set.WorkIds[entry.Target], Ids(entry.History))).ToArray();
        var result = RecommenderEvaluation.Run(model, set, cases, cancellationToken);
        var counts = FullRankEvaluator.Evaluate(
            new CountsScorer(CountsTrainer.Train(split.Train, set.ItemCount, new CountsOptions(), cancellationToken)), cases, set.ItemCount, FloorEvaluation.ListLength, cancellationToken);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{set.Name}, {cases.Length:N0} cases where a new group begins: hr@10 {result.Model.HitRate:F4}, ndcg@10 {result.Model.Ndcg:F4}; counts {counts.HitRate:F4}, {counts.Ndcg:F4}"));
        return result.NewGroupFigures(set.Name, counts);

        IEnumerable<string> Ids(ReadOnlyMemory<int> history) => MemoryMarshal.ToEnumerable(history).Select(item => set.WorkIds[item]);
    }
}
