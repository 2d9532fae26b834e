using System.CommandLine;
using KpGrpc.InferenceServer.Commands.Evaluating;
using KpGrpc.InferenceServer.Commands.Propensity;
using KpGrpc.InferenceServer.Commands.Tagging;
using KpGrpc.InferenceServer.Evaluation;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.Perf.Figures;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands;

/// <summary><c>evaluate counts</c>: the floor that every trained model is printed beside.</summary>
internal static class EvaluateVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var data = new Option<FileInfo?>("--data") { Description = "File with one data set. Default: ml-1m and mooccube in KP_DATA_DIR or ../shared/data." };
        var format = new Option<HistoryFormat>("--format") { Description = "How the file is written.", DefaultValueFactory = _ => HistoryFormat.Auto };
        var name = new Option<string?>("--name") { Description = "Name of the data set in the results. Default: the file's name." };
        var output = new Option<FileInfo?>("--output") { Description = "Where the figures go as JSON Lines, such as perf/results/eval-floor.jsonl. Default: nowhere." };
        var part = new Option<HeldOut>("--held-out") { Description = "Which item is to be found.", DefaultValueFactory = _ => HeldOut.Test };

        var counts = new Command("counts", "Evaluates the co-occurrence counts and popularity: leave-one-out, full ranking, ties against the model.")
        {
            data, format, name, output, part,
        };
        counts.SetAction((parsed, cancellationToken) =>
        {
            try
            {
                var sources = EvaluationSources.Find(parsed.GetValue(data), parsed.GetValue(format), parsed.GetValue(name));
                Run(console, time, sources, parsed.GetValue(part), parsed.GetValue(output), cancellationToken);
                return Task.FromResult(0);
            }
            catch (ImportException failure)
            {
                console.MarkupLineInterpolated($"[red]{failure.Message}[/]");
                return Task.FromResult(1);
            }
        });

        return new Command("evaluate", "Measures models on data sets.") { counts, EvaluateRecommender.Create(console, time), EvaluateTaggerVerb.Create(console, time), EvaluatePropensityVerb.Create(console, time) };
    }

    private static void Run(
        IAnsiConsole console, TimeProvider time, List<EvaluationSource> sources, HeldOut part, FileInfo? output, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var source in sources)
        {
            var set = EvaluationSources.Read(console, source);
            var result = FloorEvaluation.Run(set, part, new CountsOptions { TrainingThreads = Environment.ProcessorCount }, time, cancellationToken);
            FloorTable.Write(console, set, result, part);
            figures.AddRange(result.Figures(set.Name));
        }

        if (output is not null)
        {
            new FigureWriter(RunEnvironment.Detect(Environment.CurrentDirectory), time).WriteFile(output.FullName, figures);
            console.WriteLine($"Figures are in {output.FullName}");
        }
    }
}
