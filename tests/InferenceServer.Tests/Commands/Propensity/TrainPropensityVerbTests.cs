using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Commands.Propensity;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.Testing;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Tests.Commands.Propensity;

public sealed class TrainPropensityVerbTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly StringWriter output = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
    }

    [Fact]
    public async Task Train_OnTheEventsOfARunningServer_GivesTheNextStartChurnWithReasons()
    {
        await using (var server = await RunningServer.StartAsync(folder))
        {
            foreach (var part in Events().Chunk(900))
            {
                await server.RecordAsync(part);
            }

            Assert.Equal(0, await RunAsync("--events", folder.Combine("inference"), "--horizon", "10.00:00:00", "--lookback", "20.00:00:00", "--output", folder.Combine("models")));
            Assert.Equal(1, await RunAsync("--events", folder.Combine("inference"), "--risk", "conversion", "--output", folder.Combine("models")));
            Assert.Contains("do not suffice for a model of conversion", output.ToString(), StringComparison.Ordinal);
        }

        await using var next = await RunningServer.StartAsync(folder);
        var profile = await ProfileAsync(next);
        Assert.InRange(profile.Churn.Probability, 0, 1);
        Assert.Equal(10, profile.Churn.Horizon.ToTimeSpan().TotalDays);
        Assert.Equal("churn", profile.Churn.Model.Name);
        Assert.InRange(profile.Churn.Reasons.Count, 1, 10);
        Assert.Null(profile.Conversion);
        Assert.Contains(profile.Models, model => model.Name == "churn");
    }

    [Theory]
    [InlineData("--label is missing", "needs --label", "--data", "none.csv")]
    [InlineData("no such file", "none.csv cannot be read", "--data", "none.csv", "--label", "y")]
    [InlineData("no events", "--events", "--events", "nowhere")]
    public async Task Train_SomethingIsMissing_SaysWhat(string situation, string expected, params string[] args)
    {
        Assert.NotEmpty(situation);
        Assert.Equal(1, await RunAsync(args));
        Assert.Contains(expected, output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<UserProfile> ProfileAsync(RunningServer server)
    {
        var client = new ProfileService.ProfileServiceClient(server.Server.Channel);
        var request = new GetProfileRequest { LearnerId = "u1", ReadMask = new FieldMask { Paths = { "churn", "conversion", "models" } } };
        using var limit = new CancellationTokenSource(TimeLimit.Default);
        while (true)
        {
            var profile = (await client.GetProfileAsync(request, RunningServer.Call)).Profile;
            if (profile.Churn is not null)
            {
                return profile;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token); // the registry loads beside the first requests
        }
    }

    /// <summary>Learners who enrol on most days until a day of their own.</summary>
    private static IEnumerable<Event> Events()
    {
        const int day = 86_400;
        var random = new Random(6);
        return [.. Enumerable.Range(0, 120).SelectMany(learner => Enumerable.Range(0, random.Next(15, 90)).Where(_ => random.Next(3) > 0)
            .Select(at => RunningServer.Enrolment($"u{learner}", $"w{at % 7}", at * day, (byte)at)))];
    }

    private async Task<int> RunAsync(params string[] args)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        return await TrainPropensityVerb.Create(console, TimeProvider.System).Parse(args).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
    }
}
