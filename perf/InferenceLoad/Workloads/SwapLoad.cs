using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using KpGrpc.InferenceLoad.Models;
using KpGrpc.InferenceLoad.Servers;
using KpGrpc.Perf.Harness.Callers;
using KpGrpc.Perf.Harness.Running;
using KpGrpc.Protos.Model.V1;

namespace KpGrpc.InferenceLoad.Workloads;

/// <summary>Twenty swaps of a model while calls come, beside the same calls without swaps.</summary>
internal sealed class SwapLoad(
    InferenceSession session, Func<long, CancellationToken, Task<Outcome>> call, FigureList figures, TextWriter output, TimeProvider time)
{
    private const int Swaps = 20;
    private static readonly TimeSpan LengthMin = TimeSpan.FromSeconds(Swaps); // one a second: nobody swaps faster
    private const int OutstandingMax = 20_000;
    private const double Share = 0.3; // of the capacity: reading a version costs a core meanwhile

    private readonly ModelService.ModelServiceClient models = new(session.Channel);

    /// <summary>Runs it.</summary>
    public async Task RunAsync(double capacity, TimeSpan length, CancellationToken cancellationToken)
    {
        length = length > LengthMin ? length : LengthMin;
        await SwapAsync(0, cancellationToken);
        await SwapAsync(1, cancellationToken); // both versions have been in memory once
        var steady = await new Load(call, time).OpenAsync(Share * capacity, length, OutstandingMax, cancellationToken);
        var before = session.Process.ResidentMib;
        var swapping = SwapAllAsync(length, cancellationToken);
        var load = await new Load(call, time).OpenAsync(Share * capacity, length, OutstandingMax, cancellationToken);
        await swapping;
        await Task.Delay(TimeSpan.FromSeconds(2), time, cancellationToken);
        var after = session.Process.ResidentMib;

        figures.AddLoad("swap", load, after);
        figures.Add("swap", "p99_ms", load.Latencies.QuantileMs(0.99), "ms", "without swaps", steady.Latencies.QuantileMs(0.99));
        figures.Add("swap", "rss_growth", after / before, null);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{Swaps} swaps: p99 {load.Latencies.QuantileMs(0.99):0.0} ms, without {steady.Latencies.QuantileMs(0.99):0.0} ms; {load.Failed} failed, {load.Refused} refused; server {before:0} MiB before, {after:0} after"));
    }

    private async Task SwapAllAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        for (var swap = 0; swap < Swaps; swap++)
        {
            var began = time.GetTimestamp();
            await SwapAsync(swap, cancellationToken);
            var left = (length / Swaps) - time.GetElapsedTime(began);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
        }
    }

    private async Task SwapAsync(int swap, CancellationToken cancellationToken) => await models.LoadModelAsync(
        new LoadModelRequest
        {
            IdempotencyKey = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)),
            Model = new ModelRef { Name = SyntheticModels.Tagger, Version = swap % 2 == 0 ? "v1" : "v2" },
            Force = true,
        },
        deadline: time.GetUtcNow().UtcDateTime.AddMinutes(1),
        cancellationToken: cancellationToken);
}
