using Grpc.Core;
using Grpc.Net.Client;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Perf.Harness.Servers;
using KpGrpc.Protos.Inference;

namespace KpGrpc.InferenceLoad.Servers;

/// <summary>An InferenceServer over folders of its own, and a channel to it. Who starts it disposes it.</summary>
internal sealed class InferenceSession : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private const double QuietShare = 0.1; // of a core

    private InferenceSession(ServerProcess process) => (Process, Channel) = (process, GrpcChannel.ForAddress(process.Address));

    /// <summary>The server.</summary>
    public ServerProcess Process { get; }

    /// <summary>Channel to it.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="executable">Its executable.</param>
    /// <param name="folder">Folder of what it writes, made.</param>
    /// <param name="models">Folder of the published models.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<InferenceSession> StartAsync(string executable, string folder, string models, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        string[] settings =
        [
            $"--Storage:Directory={Path.Combine(folder, "store")}", $"--Redis:EmbeddedDirectory={Path.Combine(folder, "redis")}", $"--Registry:Directory={models}",
        ];
        var session = new InferenceSession(ServerProcess.Start(executable, settings, Path.Combine(folder, "server.log")));
        var client = new GRPCInferenceService.GRPCInferenceServiceClient(session.Channel);
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                if ((await client.ServerReadyAsync(new ServerReadyRequest(), deadline: time.GetUtcNow().UtcDateTime.AddSeconds(5), cancellationToken: cancellationToken)).Ready)
                {
                    return session;
                }
            }
            catch (RpcException failure) when (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
            {
                // Not listening yet.
            }

            if (session.Process.HasExited || time.GetElapsedTime(start) > ReadyLimit)
            {
                var said = session.Process.LastOutput();
                await session.DisposeAsync();
                throw new LoadException($"the server is not ready: {said}");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Waits until the server has done what it does in the background with what it was sent.</summary>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long that took.</returns>
    /// <exception cref="LoadException">It was never done.</exception>
    public async Task<TimeSpan> SettleAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < SettleLimit)
        {
            var (before, began) = (Process.ProcessorTime, time.GetTimestamp());
            await Task.Delay(Quiet, time, cancellationToken);
            if (Process.ProcessorTime - before < QuietShare * time.GetElapsedTime(began))
            {
                return time.GetElapsedTime(start);
            }
        }

        throw new LoadException($"the server still computed {SettleLimit.TotalMinutes:0} minutes after it was filled");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await Process.DisposeAsync();
    }
}
