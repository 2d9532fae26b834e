using KpGrpc.Functional.Tests.Stack;
using KpGrpc.Testing;

using Xunit;

namespace KpGrpc.Functional.Tests.Startup;

/// <summary>What an orchestrator sees that stops a server.</summary>
public sealed class DrainTests(RunningServers servers)
{
    [Theory]
    [InlineData("KpGrpc.Gateway")]
    [InlineData("KpGrpc.InferenceServer")]
    [InlineData("KpGrpc.LedgerServer")]
    public async Task Terminate_RunningServer_DrainsAndExitsWithZero(string server)
    {
        using var folder = new TemporaryDirectory();
        await using var program = ProgramProcess.Start(
            "dotnet", [Repository.Program(server), .. ServerSettings.In(folder, servers)], ("ASPNETCORE_ENVIRONMENT", "Development"));
        await TimeLimit.UntilAsync(
            () => Task.FromResult(program.HasExited || program.Output.Contains("Listening on", StringComparison.Ordinal)), $"{server} to listen");

        var exitCode = await program.TerminateAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("Stopped", program.Output, StringComparison.Ordinal);
        Assert.Empty(program.Error);
    }
}
