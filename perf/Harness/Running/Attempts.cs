using Grpc.Core;

namespace KpGrpc.Perf.Harness.Running;

/// <summary>Runs the parts of a measurement: one that fails is told of and does not take the figures of the others with it.</summary>
/// <param name="output">Where to print.</param>
public sealed class Attempts(TextWriter output)
{
    /// <summary>True where a part failed.</summary>
    public bool AnyFailed { get; private set; }

    /// <summary>Waits for a part.</summary>
    public async Task RunAsync(Task part)
    {
        try
        {
            await part;
        }
        catch (Exception failure) when (failure is LoadException or RpcException or TimeoutException)
        {
            AnyFailed = true;
            await output.WriteLineAsync($"FAILED: {failure.Message}");
        }
    }
}
