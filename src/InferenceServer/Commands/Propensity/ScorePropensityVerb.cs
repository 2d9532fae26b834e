using System.CommandLine;
using System.Globalization;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity;
using KpGrpc.InferenceServer.Models.Propensity.Tables;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Propensity;

/// <summary><c>score propensity</c>: a probability and its reasons for every row of a file.</summary>
internal static class ScorePropensityVerb
{
    private const int ReasonsMax = 10;
    private const string Help = """
        Scores every row of a file with a trained model. A model with groups compares rows with their own group: give it whole groups.

        Examples:
          kp-inference score propensity --model models/dropout --data today.csv --id enrolment_id --output scores.csv
          kp-inference score propensity --model models/paid --data users.parquet --id user_id --reasons 3 --output scores.parquet
        """;

    /// <summary>Builds the verb.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var model = new Option<string>("--model") { Description = "The model: its file or folder.", Required = true };
        var data = new Option<FileInfo>("--data") { Description = "CSV (plain or gzipped) or Parquet with the columns of the training data; a label is not needed.", Required = true };
        var ids = new Option<string[]>("--id") { Description = "Column to copy to the output. May be given more than once. Default: the row's number, from 1.", DefaultValueFactory = _ => [] };
        var reasons = new Option<int>("--reasons") { Description = $"Reasons a row, 0 to {ReasonsMax}.", DefaultValueFactory = _ => 3 };
        var output = new Option<FileInfo>("--output") { Description = "Where the scores go: .csv, .csv.gz or .parquet.", Required = true };
        var verb = new Command("propensity", Help) { model, data, ids, reasons, output };
        reasons.Validators.Add(result =>
        {
            if (result.GetValue(reasons) is < 0 or > ReasonsMax)
            {
                result.AddError($"--reasons must be from 0 to {ReasonsMax}.");
            }
        });
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var trained = PropensityFile.Read(parsed.GetValue(model)!);
                var started = time.GetTimestamp();
                var scores = await ScoreAsync(console, trained, parsed.GetValue(data)!.FullName, parsed.GetValue(ids)!, parsed.GetValue(reasons), cancellationToken);
                await ScoreFile.WriteAsync(parsed.GetValue(output)!.FullName, scores, cancellationToken);
                console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{scores.Probabilities.Length:N0} rows scored in {time.GetElapsedTime(started).TotalSeconds:F1} s, mean probability {scores.Probabilities.Average():F4}; they are in {parsed.GetValue(output)!.FullName}"));
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

    private static async Task<ScoreTable> ScoreAsync(
        IAnsiConsole console, PropensityModel model, string path, string[] ids, int reasonsMax, CancellationToken cancellationToken)
    {
        var plan = model.Card.Plan ?? throw new ImportException("The model was trained on the server's events; the server scores learners with it, not this verb.");
        HashSet<string> texts = [.. ids, .. plan.GroupColumn is { } group ? [group] : Array.Empty<string>(), .. plan.TextInputs()];
        var report = new ImportReport(path);
        var table = await TableReader.ReadAsync(path, texts, report, cancellationToken);
        console.Faults(report);
        var features = plan.Transform(table);
        var reasons = new string[reasonsMax > 0 ? features.Rows : 0];
        Parallel.For(
            0,
            reasons.Length,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            row => reasons[row] = string.Join("; ", model.Predict(features.Row(row), reasonsMax).Reasons.Select(Text)));
        var names = ids.Length > 0
            ? ids.Select(id => (id, Texts(table.Get(id, "--id")))).ToList()
            : [("row", Enumerable.Range(1, table.Rows).Select(row => row.ToString(CultureInfo.InvariantCulture)).ToArray())];
        return new ScoreTable(names, model.Probabilities(features, cancellationToken), reasonsMax > 0 ? reasons : null);
    }

    private static string[] Texts(Models.Propensity.Tables.TableColumn column) => [.. Enumerable.Range(0, column.Values.Length).Select(column.TextOf)];

    private static string Text(PredictionReason reason) =>
        string.Create(CultureInfo.InvariantCulture, $"{reason.Feature}={reason.Value:G6} ({reason.Contribution:+0.000;-0.000})");
}
