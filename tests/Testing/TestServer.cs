using Grpc.Net.Client;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using Xunit;

namespace KpGrpc.Testing;

/// <summary>
/// A server's production composition on real Kestrel and free ports. (The in-memory test server of ASP.NET reports a
/// missed deadline as INTERNAL; real Kestrel says DEADLINE_EXCEEDED.)
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly WebApplication app;
    private readonly LogCollector logs;
    private readonly List<string> expectedErrors = [];

    private TestServer(WebApplication app, LogCollector logs)
    {
        this.app = app;
        this.logs = logs;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        GrpcAddress = new Uri(addresses[0]);
        HttpAddress = new Uri(addresses[1]);
        Channel = GrpcChannel.ForAddress(GrpcAddress);
    }

    /// <summary>Builds a server from command-line settings, with a hook that runs before the application is built.</summary>
    /// <param name="args">Settings, such as <c>--Hosting:GrpcPort=0</c>.</param>
    /// <param name="configure">Runs last on the builder.</param>
    public delegate WebApplication Compose(string[] args, Action<WebApplicationBuilder> configure);

    /// <summary>Gets the address of gRPC over HTTP/2.</summary>
    public Uri GrpcAddress { get; }

    /// <summary>Gets the address of HTTP/1.1.</summary>
    public Uri HttpAddress { get; }

    /// <summary>Gets a channel to <see cref="GrpcAddress"/>, disposed with the server.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>Gets the server's container.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Gets everything that the server logged.</summary>
    public LogCollector Logs => logs;

    /// <summary>Starts a server.</summary>
    /// <param name="compose">The production composition.</param>
    /// <param name="settings">Settings as <c>Section:Name=value</c>; both ports are 0 already.</param>
    /// <param name="configure">Replaces parts of the composition, such as the clock.</param>
    /// <returns>The running server.</returns>
    public static async Task<TestServer> StartAsync(
        Compose compose, IEnumerable<string>? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var logs = new LogCollector();
        // No watchers of settings files: a machine has few to give, and many tests run at once.
        string[] args = [.. new[] { "Hosting:GrpcPort=0", "Hosting:HttpPort=0", "hostBuilder:reloadConfigOnChange=false" }.Concat(settings ?? []).Select(setting => $"--{setting}")];
        var app = compose(args, builder =>
        {
            // The collector alone: a green run prints nothing.
            builder.Logging.ClearProviders().AddProvider(logs);
            configure?.Invoke(builder);
        });
        await app.StartAsync().WaitAsync(StartLimit);
        return new TestServer(app, logs);
    }

    /// <summary>Says that the test provokes an Error log whose text contains <paramref name="text"/>.</summary>
    /// <param name="text">Part of the expected message.</param>
    public void ExpectError(string text) => expectedErrors.Add(text);

    /// <summary>Stops the server and fails the test on an Error log that nobody expected.</summary>
    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        var unexpected = logs.Entries
            .Where(entry => entry.Level >= LogLevel.Error && !expectedErrors.Any(entry.Text.Contains))
            .Select(entry => $"{entry.Category}: {entry.Text}")
            .ToArray();
        Assert.True(unexpected.Length == 0, $"the server logged errors that the test did not expect:\n{string.Join('\n', unexpected)}");
    }
}
