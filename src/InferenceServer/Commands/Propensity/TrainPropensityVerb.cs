using System.CommandLine;
using System.Globalization;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity;
using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Learners;
using KpGrpc.InferenceServer.Models.Propensity.Serving;
using KpGrpc.InferenceServer.Registry;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Propensity;

/// <summary><c>train propensity</c>: a model of churn, conversion or any yes or no, from a file or from the server's own events.</summary>
internal static class TrainPropensityVerb
{
    private const string Help = """
        Trains a model of churn, paid conversion or any other yes or no: boosted trees, calibrated, with reasons.

        Examples:
          kp-inference train propensity --data enrolments.csv.gz --label dropout --group course_id --id enrolment_id --model dropout
          kp-inference train propensity --data users.parquet --label paid --positive premium --risk conversion --model paid
          kp-inference train propensity --events data/inference --risk churn --horizon 30.00:00:00
        """;

    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var options = new PropensityOptions();
        var events = new Option<DirectoryInfo?>("--events") { Description = "Train from the server's own events instead: the folder that Storage:Directory names. The server may be running." };
        var risk = new Option<RiskKind>("--risk") { Description = "What is predicted: churn or conversion. With --events: no act within the horizon, or a purchase within it.", DefaultValueFactory = _ => RiskKind.Churn };
        var horizon = Span("--horizon", "With --events: how far ahead is predicted, as d.hh:mm:ss.", TimeSpan.FromDays(30));
        var lookback = Span("--lookback", "With --events: learners who acted within this before a moment take part.", TimeSpan.FromDays(30));
        var output = new Option<DirectoryInfo>("--output") { Description = "Folder of all models.", DefaultValueFactory = _ => new DirectoryInfo("models") };
        var name = new Option<string?>("--model") { Description = "Name of the model. Default: churn or conversion." };
        var version = new Option<string?>("--version") { Description = "Name of the version. Default: the time." };
        var verb = new Command("propensity", Help) { events, risk, horizon, lookback, output, name, version };
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
                var plan = options.Plan(parsed, parsed.GetValue(options.Group) is not null);
                var model = parsed.GetValue(events) is { } folder
                    ? FromEvents(console, new EventsSource(folder.FullName, parsed.GetValue(risk), parsed.GetValue(horizon), parsed.GetValue(lookback)), plan, cancellationToken)
                    : await FromFileAsync(console, options, parsed, plan, cancellationToken);
                var kind = parsed.GetValue(risk);
                var dataset = parsed.GetValue(options.Data)?.Name ?? "events";
                var published = PropensityPublishing.Publish(
                    parsed.GetValue(output)!.FullName, parsed.GetValue(name) ?? kind.ToString().ToLowerInvariant(), parsed.GetValue(version), kind, dataset, model, time.GetUtcNow());
                Say(console, model, published.Path);
                return 0;
            }
            catch (Exception failure) when (failure is ImportException or ModelFaultException)
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
        var (model, sample) = ModelProgress.Run(console, "growing trees", progress => PropensityTrainer.TrainOnEvents(
            source.Read(), source.Kind, source.Horizon, source.Lookback, plan, progress, cancellationToken));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sample.Labels.Length:N0} rows of {sample.Learners.Distinct().Count():N0} learners at {sample.Moments} moments, {(double)sample.Labels.Count(label => label) / sample.Labels.Length:P1} positive"));
        return model;
    }

    private static void Say(IAnsiConsole console, PropensityModel model, string folder) => console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{folder}: {model.Trees.Count:N0} trees over {model.Card.Features.Count:N0} features; AUC {model.Card.Auc:F4} on left-out rows, which also chose the settings ('evaluate propensity' gives the honest figure)"));
}
