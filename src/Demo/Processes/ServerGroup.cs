using Grpc.Net.Client;

namespace KpGrpc.Demo.Processes;

/// <summary>The three servers as running processes. Disposing it stops them, the last one first.</summary>
internal sealed class ServerGroup(ServerAddresses addresses) : IAsyncDisposable
{
    private readonly List<ChildProcess> children = [];

    /// <summary>Where they listen.</summary>
    public ServerAddresses Addresses => addresses;

    /// <summary>Channels to the Gateway, one for each caller.</summary>
    public GatewayCallers Gateway { get; } = new(addresses);

    /// <summary>Channel to the InferenceServer.</summary>
    public GrpcChannel Inference { get; } = GrpcChannel.ForAddress(addresses.InferenceGrpc);

    /// <summary>Channel to the LedgerServer.</summary>
    public GrpcChannel Ledger { get; } = GrpcChannel.ForAddress(addresses.LedgerGrpc);

    /// <summary>Takes over a started server.</summary>
    public void Add(ChildProcess child) => children.Add(child);

    /// <summary>Completes with the first server that ends.</summary>
    public async Task<(ChildProcess Child, int ExitCode)> FirstExitAsync()
    {
        var ended = await Task.WhenAny(children.Select(child => child.Exited));
        return (children.First(child => child.Exited == ended), await ended);
    }

    /// <summary>A message about the first server that ended by itself; null while all run.</summary>
    public async Task<string?> ObituaryAsync()
    {
        var ended = children.FirstOrDefault(child => child.Exited.IsCompleted);
        return ended?.Obituary(await ended.Exited);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Gateway.Dispose();
        Inference.Dispose();
        Ledger.Dispose();
        // The Gateway was started last and calls the others, so it goes first; they know nothing of each other.
        foreach (var child in children.TakeLast(1))
        {
            await child.DisposeAsync();
        }

        await Task.WhenAll(children.SkipLast(1).Select(child => child.DisposeAsync().AsTask()));
    }
}
