using Google.Protobuf;
using KpGrpc.InferenceServer.Commands;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.Testing;
using Parquet;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Tests.Commands;

public sealed class ExportVerbTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly StringWriter output = new();

    [Fact]
    public async Task Events_OfARunningServer_AreWrittenWithoutErasedLearnersAndSinceThen()
    {
        await using var server = await RunningServer.StartAsync(folder);
        await server.RecordAsync(RunningServer.Enrolment("u", "a", 1), RunningServer.Enrolment("erased", "a", 2), RunningServer.Enrolment("u", "b", 100_000), RunningServer.Enrolment("v", "b", 3));
        await new ProfileService.ProfileServiceClient(server.Server.Channel).DeleteLearnerAsync(
            new DeleteLearnerRequest { IdempotencyKey = ByteString.CopyFrom(new byte[16]), LearnerId = "erased" }, RunningServer.Call);

        Assert.Equal(0, await RunAsync("events", "--data", folder.Combine("inference"), "--output", folder.Combine("all.parquet")));
        Assert.Equal(0, await RunAsync("events", "--data", folder.Combine("inference"), "--output", folder.Combine("new.parquet"), "--since", "2023-11-15T12:00:00Z"));

        Assert.Equal(["a", "b", "b"], await WorksAsync("all.parquet"));
        Assert.Equal(["b"], await WorksAsync("new.parquet"));
        Assert.Contains("3 events in", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_OfAFolderWithoutALog_FailsAndNamesIt()
    {
        Assert.Equal(1, await RunAsync("events", "--data", folder.Combine("nothing"), "--output", folder.Combine("x.parquet")));

        Assert.Contains(folder.Combine("nothing"), output.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Combine("x.parquet")));
    }

    [Fact]
    public void Events_WithAWrongTime_SaysHowATimeIsWritten() => Assert.Contains(
        "2026-01-31T08:00:00Z, not 'yesterday'",
        Assert.Single(Verb().Parse(["events", "--output", "x", "--since", "yesterday"]).Errors).Message,
        StringComparison.Ordinal);

    public void Dispose()
    {
        output.Dispose();
        folder.Dispose();
    }

    private System.CommandLine.Command Verb()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        return ExportVerb.Create(console);
    }

    private Task<int> RunAsync(params string[] arguments) => Verb().Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

    private async Task<string?[]> WorksAsync(string name)
    {
        await using var reader = await ParquetReader.CreateAsync(folder.Combine(name), cancellationToken: TestContext.Current.CancellationToken);
        using var group = reader.OpenRowGroupReader(0);
        var works = new string?[(int)group.RowCount];
        await group.ReadAsync(reader.Schema.DataFields.Single(field => field.Name == "work_id"), works.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        return works;
    }
}
