using System.Collections.Concurrent;
using System.Globalization;

using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Simulation;

/// <summary>
/// A ledger on a disk that tears, loses, refuses and rots. <c>KP_SIMULATION_SEED</c> runs one seed alone.
/// </summary>
public sealed class LedgerSimulationTests
{
    private const string SeedVariable = "KP_SIMULATION_SEED";

    [Fact]
    public void Run_AFaultInEveryLife_KeepsWhatWasAcknowledgedOrRefusesTheStart()
    {
        var only = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : (int?)null;
        using var scene = new SimulationScene();
        var ends = new ConcurrentDictionary<(DiskFault, bool), int>();
        var failures = new ConcurrentBag<string>();
        // Bounded, so that the pool's other threads stay free for tests that wait for an answer meanwhile.
        var lanes = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(only ?? 0, only + 1 ?? TestScale.Of(always: 1_000, soak: 20_000), lanes, seed =>
        {
            var folder = scene.DataFolder(seed.ToString(CultureInfo.InvariantCulture));
            try
            {
                ends.AddOrUpdate(LedgerSimulation.Run(scene, folder, seed), 1, (_, count) => count + 1);
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception)
            {
                failures.Add($"{SeedVariable}={seed}: {exception}");
            }
        });

        Assert.True(failures.IsEmpty, $"{failures.Count} seeds failed; {string.Join("\n", failures.Take(5))}");
        Assert.True(only is not null || ends.Count > 8, $"the faults do not strike: {string.Join(", ", ends)}");
    }
}
