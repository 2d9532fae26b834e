using System.CommandLine;
using System.Globalization;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity;
using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Learners;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Propensity;

/// <summary><c>train propensity</c>: a model of churn, conversion or any yes or no, from a file or from the server's own events.</summary>
internal static class TrainPropensityVerb
{
    private const string Help = """
        Trains a model of churn, paid conversion or any other yes or no: boosted trees, calibrated, with reasons.

        Examples:
          kp-inference train propensity --data enrolments.csv.gz --label dropout --group course_id --id enrolment_id --output models/dropout
          kp-inference train propensity --data users.parquet --label paid --positive premium --output models/paid
          kp-inference train propensity --events data/inference --risk churn --horizon 30.00:00:00 --output models/churn
        """;

    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console)
    {
        var options = new PropensityOptions();
        var events = new Option<DirectoryInfo?>("--events") { Description = "Train from the server's own events instead: the folder that Storage:Directory names. The server may be running." };
        var risk = new Option<RiskKind>("--risk") { Description = "With --events: churn (no act within the horizon) or conversion (a purchase within it).", DefaultValueFactory = _ => RiskKind.Churn };
        var horizon = Span("--horizon", "With --events: how far ahead is predicted, as d.hh:mm:ss.", TimeSpan.FromDays(30));
        var lookback = Span("--lookback", "With --events: learners who acted within this before a moment take part.", TimeSpan.FromDays(30));
        var output = new Option<DirectoryInfo>("--output") { Description = "Folder of the model.", Required = true };
        var verb = new Command("propensity", Help) { events, risk, horizon, lookback, output };
        options.AddTo(verb);
        verb.Validators.Add(result =>
        {
            if (result.GetResult(options.Data) is null or { Implicit: true } == result.GetResult(events) is null or { Implicit: true })
            {
                result.AddError("train propensity needs either --data with --label, or --events.");
            }
        });
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var plan = options.Plan(parsed);
                var model = parsed.GetValue(events) is { } folder
                    ? FromEvents(console, new EventsSource(folder.FullName, parsed.GetValue(risk), parsed.GetValue(horizon), parsed.GetValue(lookback)), plan, cancellationToken)
                    : await FromFileAsync(console, options, parsed, plan, cancellationToken);
                var file = Path.Combine(parsed.GetValue(output)!.FullName, PropensityFile.Name);
                PropensityFile.Write(file, model);
                Say(console, model, file);
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

    private static Option<TimeSpan> Span(string name, string description, TimeSpan value)
    {
        var option = new Option<TimeSpan>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is var span && (span < TimeSpan.FromMinutes(1) || span > TimeSpan.FromDays(3650)))
            {
                result.AddError($"{name} must be from one minute to 3650 days.");
            }
        });
        return option;
    }

    private static async Task<PropensityModel> FromFileAsync(
        IAnsiConsole console, PropensityOptions options, ParseResult parsed, BoosterPlan plan, CancellationToken cancellationToken)
    {
        var data = await PropensityData.ReadAsync(console, parsed.GetValue(options.Data)!.FullName, options.Roles(parsed), cancellationToken);
        var (model, leaks) = ModelProgress.Run(console, "growing trees", progress => PropensityTrainer.Train(data, plan, progress, cancellationToken));
        PropensityData.LeftOut(console, leaks);
        return model;
    }

    private static PropensityModel FromEvents(IAnsiConsole console, EventsSource source, BoosterPlan plan, CancellationToken cancellationToken)
    {
        var sample = LearnerSample.Of(source.Read(), source.Kind, source.Horizon, source.Lookback);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sample.Labels.Length:N0} rows of {sample.Learners.Distinct().Count():N0} learners at {sample.Moments} moments, {(double)sample.Labels.Count(label => label) / sample.Labels.Length:P1} positive"));
        int[] rows = [.. Enumerable.Range(0, sample.Labels.Length)];
        var folds = PropensityTrainer.InnerFolds(sample.Labels, sample.Learners, rows, plan);
        var fitted = ModelProgress.Run(
            console, "growing trees", progress => FoldedTrainer.Train(sample.Features, sample.Labels, rows, folds, plan, progress, cancellationToken));
        var card = PropensityTrainer.Card(source.Kind.ToString().ToLowerInvariant(), sample.Features, sample.Labels, plan, fitted);
        return new PropensityModel(card with { Horizon = source.Horizon }, fitted.Trees);
    }

    private static void Say(IAnsiConsole console, PropensityModel model, string file) => console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{file}: {model.Trees.Count:N0} trees over {model.Card.Features.Count:N0} features; AUC {model.Card.Auc:F4} on left-out rows, which also chose the settings ('evaluate propensity' gives the honest figure)"));
}
