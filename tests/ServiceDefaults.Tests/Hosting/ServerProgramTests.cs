using System.Globalization;
using System.Net;
using System.Net.Sockets;

using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.ServiceDefaults.Tests.Echo;

using Microsoft.AspNetCore.Builder;

using Xunit;

namespace KpGrpc.ServiceDefaults.Tests.Hosting;

public sealed class ServerProgramTests
{
    [Fact]
    public async Task RunAsync_SeveralWrongOptions_NamesAllOfThemInOneLine()
    {
        var (exitCode, message) = await RunAsync("--Hosting:GrpcPort=70000", "--Hosting:MessageBytesMax=1");

        Assert.Equal(ServerProgram.ExitConfiguration, exitCode);
        Assert.Equal(
            "kp-echo: cannot start: Hosting:GrpcPort must be between 0 and 65535; Hosting:MessageBytesMax must be between 1024 and 67108864",
            message.Trim());
    }

    [Fact]
    public async Task RunAsync_OptionOfTheWrongType_NamesTheOptionAndTheValue()
    {
        var (exitCode, message) = await RunAsync("--Hosting:GrpcPort=many");

        Assert.Equal(ServerProgram.ExitConfiguration, exitCode);
        Assert.Equal(
            "kp-echo: cannot start: Hosting:GrpcPort is 'many', which is not a whole number that it can hold, such as 100; correct it or remove it",
            message.Trim());
    }

    [Fact]
    public async Task RunAsync_PortTaken_SaysWhichAndWhatToDo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (exitCode, message) = await RunAsync($"--Hosting:GrpcPort={port}");

        Assert.Equal(ServerProgram.ExitUnavailable, exitCode);
        Assert.Contains(port.ToString(CultureInfo.InvariantCulture), message, StringComparison.Ordinal);
        Assert.Contains("Hosting:GrpcPort", message, StringComparison.Ordinal);
        Assert.Single(message.Trim().Split('\n'));
    }

    [Fact]
    public async Task RunAsync_StartupException_PrintsItsMessageAlone()
    {
        using var error = new StringWriter();

        var exitCode = await ServerProgram.RunAsync("kp-echo", WebApplication () => throw new StartupException("data/ledger can't be written: choose another Ledger:DataDirectory"), error);

        Assert.Equal(ServerProgram.ExitConfiguration, exitCode);
        Assert.Equal("kp-echo: cannot start: data/ledger can't be written: choose another Ledger:DataDirectory", error.ToString().Trim());
    }

    [Fact]
    public async Task RunAsync_FailureNobodyForesaw_IsNotHidden()
    {
        using var error = new StringWriter();

        await Assert.ThrowsAsync<NotSupportedException>(() =>
            ServerProgram.RunAsync("kp-echo", WebApplication () => throw new NotSupportedException("a bug"), error));
    }

    private static async Task<(int ExitCode, string Message)> RunAsync(params string[] settings)
    {
        using var error = new StringWriter();
        var exitCode = await ServerProgram.RunAsync(
            "kp-echo",
            () => EchoServer.Build([.. settings], _ => { }),
            error).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return (exitCode, error.ToString());
    }
}
