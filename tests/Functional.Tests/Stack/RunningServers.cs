using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

using KpGrpc.Testing;

using Xunit;

[assembly: AssemblyFixture(typeof(KpGrpc.Functional.Tests.Stack.RunningServers))]

namespace KpGrpc.Functional.Tests.Stack;

/// <summary>
/// All three servers as <c>make run</c> starts them, on free ports, with the sample catalogue, up for the whole test run.
/// The story has been walked when the tests begin.
/// </summary>
public sealed class RunningServers : IAsyncLifetime
{
    private static readonly TimeSpan StoryLimit = TimeSpan.FromMinutes(5);

    private readonly TemporaryDirectory folder = new();
    private ProgramProcess? program;

    /// <summary>Gets the Gateway's gRPC address.</summary>
    public Uri GatewayGrpc { get; } = FreeAddress();

    /// <summary>Gets the Gateway's HTTP/1.1 address.</summary>
    public Uri GatewayHttp { get; } = FreeAddress();

    /// <summary>Gets the InferenceServer's gRPC address.</summary>
    public Uri InferenceGrpc { get; } = FreeAddress();

    /// <summary>Gets the InferenceServer's HTTP/1.1 address.</summary>
    public Uri InferenceHttp { get; } = FreeAddress();

    /// <summary>Gets the LedgerServer's gRPC address.</summary>
    public Uri LedgerGrpc { get; } = FreeAddress();

    /// <summary>Gets the LedgerServer's HTTP/1.1 address.</summary>
    public Uri LedgerHttp { get; } = FreeAddress();

    /// <summary>Gets what the story printed.</summary>
    public string Output => program!.Output;

    /// <summary>A token of the Gateway's development issuer.</summary>
    /// <param name="subject">The caller's name; a learner's own id.</param>
    /// <param name="roles">Her roles.</param>
    public async Task<string> TokenAsync(string subject, params string[] roles)
    {
        using var http = new HttpClient { BaseAddress = GatewayHttp };
        using var answer = await http.PostAsJsonAsync("dev/token", new { subject, roles });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>Path of a file below the run's data folder.</summary>
    /// <param name="parts">Names below the folder.</param>
    public string DataFile(params string[] parts) => folder.Combine(parts);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        program = ProgramProcess.Start(
            "dotnet",
            [
                Repository.Program("KpGrpc.Demo"), "run", "--data-dir", folder.Path,
                "--gateway-port", $"{GatewayGrpc.Port}", "--gateway-http-port", $"{GatewayHttp.Port}",
                "--inference-port", $"{InferenceGrpc.Port}", "--inference-http-port", $"{InferenceHttp.Port}",
                "--ledger-port", $"{LedgerGrpc.Port}", "--ledger-http-port", $"{LedgerHttp.Port}",
            ],
            ("KP_DATA_DIR", folder.Combine("no-real-data")));
        await TimeLimit.UntilAsync(
            () => Task.FromResult(program.HasExited || program.Output.Contains("grpcurl", StringComparison.Ordinal)),
            "the end of the story",
            StoryLimit);
        Assert.False(program.HasExited, $"make run ended:\n{program.Output}\n{program.Error}");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        var exitCode = await program!.TerminateAsync();
        var said = $"{program.Output}\n{program.Error}";
        await program.DisposeAsync();
        folder.Dispose();
        Assert.True(exitCode == 0, $"SIGTERM must end make run cleanly; exit code {exitCode}:\n{said}");
    }

    private static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }
}
