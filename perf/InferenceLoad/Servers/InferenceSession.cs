using Grpc.Core;
using Grpc.Net.Client;
using KpGrpc.LoadTest.Running;
using KpGrpc.LoadTest.Servers;
using KpGrpc.Protos.Inference;

namespace KpGrpc.InferenceLoad.Servers;

/// <summary>An InferenceServer over folders of its own, and a channel to it. Who starts it disposes it.</summary>
internal sealed class InferenceSession : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private InferenceSession(LedgerProcess process) => (Process, Channel) = (process, GrpcChannel.ForAddress(process.Address));

    /// <summary>The server.</summary>
    public LedgerProcess Process { get; }

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
        var session = new InferenceSession(LedgerProcess.Start(executable, settings, Path.Combine(folder, "server.log")));
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

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await Process.DisposeAsync();
    }
}
