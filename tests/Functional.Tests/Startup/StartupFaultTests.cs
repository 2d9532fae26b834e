using KpGrpc.Functional.Tests.Stack;
using KpGrpc.Testing;

using Xunit;

namespace KpGrpc.Functional.Tests.Startup;

/// <summary>What an operator sees who got a setting, a port or a file wrong: one clear line and a non-zero exit code.</summary>
public sealed class StartupFaultTests(RunningServers servers)
{
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Servers => ["KpGrpc.Gateway", "KpGrpc.InferenceServer", "KpGrpc.LedgerServer"];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Start_WrongOption_NamesItInOneLine(string server)
    {
        using var folder = new TemporaryDirectory();

        var run = await StartAsync(server, folder, "--Hosting:GrpcPort=70000");

        AssertOneLine(run, "Hosting:GrpcPort");
    }

    [Theory]
    [InlineData("KpGrpc.Gateway", "Gateway:Cache:ValueBytesMax", "0")]
    [InlineData("KpGrpc.InferenceServer", "Storage:EventQueueMax", "0")]
    [InlineData("KpGrpc.LedgerServer", "Ledger:QueueMax", "0")]
    public async Task Start_FaultsInTwoSections_NamesBothInOneLine(string server, string setting, string value)
    {
        using var folder = new TemporaryDirectory();

        var run = await StartAsync(server, folder, "--Hosting:GrpcPort=70000", $"--{setting}={value}");

        AssertOneLine(run, "Hosting:GrpcPort");
        AssertOneLine(run, setting);
    }

    [Theory]
    [InlineData("KpGrpc.InferenceServer", "import", "--foramt")]
    [InlineData("KpGrpc.InferenceServer", "evaluate", "--daat")]
    [InlineData("KpGrpc.LedgerServer", "audit", "--directory")]
    public async Task Verb_MistypedOption_IsRefusedByName(string server, string verb, string option)
    {
        var run = await ProgramProcess.RunAsync(ExitLimit, "dotnet", [Repository.Program(server), verb, option, "x"]);

        AssertOneLine(run, option);
    }

    [Fact]
    public async Task Import_NothingToImport_SaysWhatIsNeededAndFails()
    {
        var run = await ProgramProcess.RunAsync(ExitLimit, "dotnet", [Repository.Program("KpGrpc.InferenceServer"), "import"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("--catalogue", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Start_PortTaken_NamesItInOneLine(string server)
    {
        using var folder = new TemporaryDirectory();
        var taken = servers.GatewayHttp.Port;

        var run = await StartAsync(server, folder, $"--Hosting:GrpcPort={taken}");

        AssertOneLine(run, $"{taken}");
    }

    [Theory]
    [InlineData("KpGrpc.InferenceServer")]
    [InlineData("KpGrpc.LedgerServer")]
    public async Task Start_DataFolderIsAFile_NamesItInOneLine(string server)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("not-a-folder");
        await File.WriteAllTextAsync(file, "a file", TestContext.Current.CancellationToken);

        var run = await StartAsync(
            server, folder, $"--Ledger:DataDirectory={file}", $"--Storage:Directory={file}");

        AssertOneLine(run, file);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Start_UnreadableSettingsFile_NamesItInOneLine(string server)
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllTextAsync(folder.Combine("appsettings.json"), "{ this is no JSON", TestContext.Current.CancellationToken);

        var run = await StartAsync(server, folder, $"--contentRoot={folder.Path}");

        AssertOneLine(run, "appsettings.json");
    }

    private Task<(int ExitCode, string Output, string Error)> StartAsync(string server, TemporaryDirectory folder, params string[] settings) =>
        ProgramProcess.RunAsync(
            ExitLimit,
            "dotnet",
            [Repository.Program(server), .. ServerSettings.In(folder, servers), .. settings],
            ("ASPNETCORE_ENVIRONMENT", "Development"));

    private static void AssertOneLine((int ExitCode, string Output, string Error) run, string named)
    {
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }
}
