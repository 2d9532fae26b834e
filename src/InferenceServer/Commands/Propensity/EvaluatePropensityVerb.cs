using System.CommandLine;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity;
using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Preparation;
using KpGrpc.InferenceServer.Models.Propensity.Validation;
using KpGrpc.Perf.Figures;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Propensity;

/// <summary><c>evaluate propensity</c>: cross validation of the whole way from a file to calibrated probabilities, or of a trained model on a file it has not seen.</summary>
internal static class EvaluatePropensityVerb
{
    private const string Help = """
        Measures propensity models: AUC, log loss and calibration, by row and by left-out groups.

        Examples:
          kp-inference evaluate propensity --output perf/results/eval-propensity.jsonl
          kp-inference evaluate propensity --data enrolments.csv --label dropout --group course_id
          kp-inference evaluate propensity --model models/dropout --data next-year.csv --label dropout
        """;

    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var options = new PropensityOptions();
        var model = new Option<string?>("--model") { Description = "A trained model, file or folder, to measure on --data. Default: cross validation, in which each row is predicted by a model that did not see it." };
        var name = new Option<string?>("--name") { Description = "Name of the data set in the results. Default: the file's name." };
        var output = new Option<FileInfo?>("--output") { Description = "Where the figures go as JSON Lines. Default: nowhere." };
        var folds = new Option<int>("--folds") { Description = "Parts of the data, each of which is left out once; 2 to 20.", DefaultValueFactory = _ => 5 };
        var verb = new Command("propensity", Help) { model, name, output, folds };
        options.AddTo(verb);
        folds.Validators.Add(result =>
        {
            if (result.GetValue(folds) is < 2 or > 20)
            {
                result.AddError("--folds must be from 2 to 20.");
            }
        });
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var (path, roles, title) = Source(options, parsed, parsed.GetValue(name));
                var data = await PropensityData.ReadAsync(console, path, roles, cancellationToken);
                List<PropensityResult> results = parsed.GetValue(model) is { } trained
                    ? [Measure(PropensityFile.Read(trained), data, cancellationToken)]
                    : CrossValidate(console, data, parsed.GetValue(folds), options.Plan(parsed, data.Groups is not null), cancellationToken);
                PropensityTables.Write(console, title, results);
                if (parsed.GetValue(output) is { } file)
                {
                    new FigureWriter(RunEnvironment.Detect(Environment.CurrentDirectory), time).WriteFile(file.FullName, PropensityTables.Figures(title, results));
                    console.WriteLine($"Figures are in {file.FullName}");
                }

                return 0;
            }
            catch (ImportException failure)
            {
                console.MarkupLineInterpolated($"[red]{failure.Message}[/]");
                return 1;
            }
        });
        return verb;
    }

    private static (string Path, ColumnRoles Roles, string Name) Source(PropensityOptions options, ParseResult parsed, string? name)
    {
        if (parsed.GetValue(options.Data) is { } file)
        {
            return (file.FullName, options.Roles(parsed), name ?? Path.GetFileName(file.Name).Split('.')[0]);
        }

        var folder = DataFolder.Find() ?? throw new ImportException(
            $"There is no data to evaluate on ({DataFolder.Searched()}): set KP_DATA_DIR to the folder that holds kddcup2015/, or name a file with --data and its label with --label.");
        var roles = new ColumnRoles("dropout", null, ["enrollment_id"], "course_file", [], parsed.GetValue(options.LeakBound));
        return (Path.Combine(folder, "kddcup2015", "kdd2015_31courses_wide.csv.gz"), roles, name ?? PropensityOptions.OwnSet);
    }

    private static PropensityResult Measure(PropensityModel model, LabelledTable data, CancellationToken cancellationToken)
    {
        var plan = model.Card.Plan ?? throw new ImportException("The model was trained on the server's events; it cannot be measured on a file.");
        return new PropensityResult("unseen file", model.Probabilities(plan.Transform(data.Table), cancellationToken), data.Labels, [], null);
    }

    private static List<PropensityResult> CrossValidate(IAnsiConsole console, LabelledTable data, int count, BoosterPlan plan, CancellationToken cancellationToken)
    {
        var (_, leaks) = data.Plan([.. Enumerable.Range(0, data.Labels.Length)], cancellationToken);
        PropensityData.LeftOut(console, leaks);
        PropensityResult Run(string protocol, int[] folds, bool groups)
        {
            var validation = ModelProgress.Run(
                console, protocol, progress => CrossValidation.Run(data, folds, groups, plan, progress, cancellationToken));
            return new PropensityResult(protocol, validation.Probabilities, data.Labels, folds, validation.Floor);
        }

        List<PropensityResult> results = [Run(PropensityResult.ByRow, Folds.ByRow(data.Labels, count, plan.Seed), groups: false)];
        if (data.Groups is not null)
        {
            results.Add(Run(PropensityResult.ByGroup, Folds.ByGroup(data.Groups, count, plan.Seed), groups: true));
        }

        return results;
    }
}
