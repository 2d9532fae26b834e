using System.CommandLine;
using KpGrpc.InferenceServer.Commands.Propensity;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Tables;
using KpGrpc.Testing;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Tests.Commands.Propensity;

public sealed class ScorePropensityVerbTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly StringWriter output = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
    }

    [Theory]
    [InlineData("scores.csv")]
    [InlineData("scores.csv.gz")]
    [InlineData("scores.parquet")]
    public async Task Score_ATrainedModel_WritesAProbabilityAndReasonsForEveryRow(string file)
    {
        await TrainAsync();
        Assert.Equal(0, await RunAsync(
            ScorePropensityVerb.Create, "--model", folder.Combine("models", "churn", "1"), "--data", folder.Combine("data.csv"), "--id", "user", "--output", folder.Combine(file)));
        var path = folder.Combine(file);
        var scores = await TableReader.ReadAsync(path, new HashSet<string> { "user", "reasons" }, new ImportReport(path), TestContext.Current.CancellationToken);
        Assert.Equal(["user", "reasons", "probability"], scores.Columns.Select(column => column.Name).OrderBy(name => name == "user" ? 0 : name == "reasons" ? 1 : 2));
        Assert.Equal(600, scores.Rows);
        Assert.Equal("a, \"quoted\" user 0", scores.Get("user", "").TextOf(0));
        Assert.All(scores.Get("probability", "").Values, probability => Assert.InRange(probability, 0, 1));
        Assert.Contains("visits=", scores.Get("reasons", "").TextOf(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ATrainedModelOnItsTable_PrintsItsCalibration()
    {
        await TrainAsync();
        Assert.Equal(0, await RunAsync(
            EvaluatePropensityVerb.Create, "--model", folder.Combine("models", "churn", "1"), "--data", folder.Combine("data.csv"), "--label", "left", "--output", folder.Combine("figures.jsonl")));
        Assert.Contains("expected calibration error", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"metric\":\"auc\"", await File.ReadAllTextAsync(folder.Combine("figures.jsonl"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_AFileWithoutATrainedColumn_NamesIt()
    {
        await TrainAsync();
        await File.WriteAllTextAsync(folder.Combine("other.csv"), "user,plan\nx,free\n", TestContext.Current.CancellationToken);
        Assert.Equal(1, await RunAsync(
            ScorePropensityVerb.Create, "--model", folder.Combine("models", "churn", "1"), "--data", folder.Combine("other.csv"), "--output", folder.Combine("scores.csv")));
        Assert.Contains("no column 'visits'", output.ToString(), StringComparison.Ordinal);
    }

    private async Task TrainAsync()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 600).Select(row => (User: $"\"a, \"\"quoted\"\" user {row}\"", Visits: random.Next(30), Plan: row % 3 == 0 ? "paid" : row % 3 == 1 ? "free" : ""))
            .Select(row => $"{row.User},{(row.Visits == 7 ? "NA" : row.Visits)},{row.Plan},{(row.Visits + random.Next(20) < 25 ? "yes" : "no")},{(row.Visits + random.Next(20) < 25 ? "2024-01-01" : "")}");
        await File.WriteAllTextAsync(folder.Combine("data.csv"), "user,visits,plan,left,noted\n" + string.Join('\n', rows) + "\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync(
            TrainPropensityVerb.Create, "--data", folder.Combine("data.csv"), "--label", "left", "--id", "user", "--output", folder.Combine("models"), "--version", "1"));
    }

    private async Task<int> RunAsync(Func<IAnsiConsole, TimeProvider, Command> verb, params string[] args)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        return await verb(console, TimeProvider.System).Parse(args).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
    }
}
