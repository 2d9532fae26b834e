using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Ordering;
using KpGrpc.LedgerServer.Tests.Execution.Snapshots;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Tests.Simulation;

/// <summary>
/// Several lives of one ledger, every choice of which comes from a seed: commands, their grouping, the clock (which may
/// fall), the fault that ends each life, and snapshots. After each start: every acknowledged command is there, what is
/// there is a first part of the order, and the state is what an engine in memory makes of it; or the start is refused.
/// </summary>
internal sealed class LedgerSimulation
{
    private static readonly DiskFault[] Faults = System.Enum.GetValues<DiskFault>();

    private readonly SimulationScene scene;
    private readonly string folder;
    private readonly Random random;
    private readonly ExpectedLedger expected;
    private long now = FixedNetwork.StartMicros;
    private int acknowledged;

    private LedgerSimulation(SimulationScene scene, string folder, int seed)
    {
        (this.scene, this.folder, random) = (scene, folder, new Random(seed));
        expected = new ExpectedLedger(scene.Genesis);
    }

    /// <summary>Runs one seed.</summary>
    /// <param name="scene">What all seeds share.</param>
    /// <param name="folder">Data folder, not yet there.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The fault that ended it, and whether a start was refused because of it.</returns>
    public static (DiskFault Last, bool Refused) Run(SimulationScene scene, string folder, int seed) => new LedgerSimulation(scene, folder, seed).Run();

    private (DiskFault Last, bool Refused) Run()
    {
        var (fault, what) = (DiskFault.None, "nothing");
        for (var lives = random.Next(1, 3); lives >= 0; lives--)
        {
            try
            {
                var ended = fault;
                (fault, what) = Live(last: lives == 0);
                fault = lives == 0 ? ended : fault;
            }
            catch (StartupException exception)
            {
                // A hole cannot be told from rot, and nothing is lost by refusing.
                Assert.True(fault is DiskFault.BitRot or DiskFault.Hole, $"after {what} the start was refused: {exception.Message}");
                Assert.StartsWith("DATA_LOSS", exception.Message, StringComparison.Ordinal);
                return (fault, true);
            }
            catch (InvalidDataException exception) when (fault is DiskFault.BitRot && exception.InnerException is RocksDbSharp.RocksDbException)
            {
                // A snapshot spared the start the reading of an old entry; whoever reads it is told, and the process stops.
                return (fault, true);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"after {what}: {exception.Message}", exception);
            }
        }

        return (fault, false);
    }

    private (DiskFault Fault, string What) Live(bool last)
    {
        var disk = new FaultyDisk(folder, random);
        var fault = Faults[random.Next(Faults.Length)];
        using (var ledger = new SimulatedLedger(scene.Network, folder, disk.Write))
        {
            CheckRecovered(ledger);
            if (last)
            {
                return (DiskFault.None, "nothing");
            }

            for (var commits = random.Next(1, 7); commits > 0; commits--)
            {
                disk.Next = commits == 1 ? fault : DiskFault.None;
                if (!TryCommit(ledger, NextGroups()))
                {
                    break;
                }

                if (random.Next(8) == 0)
                {
                    ledger.TakeSnapshot();
                }
            }

            disk.Next = fault;
        }

        return (fault, disk.Settle());
    }

    private void CheckRecovered(SimulatedLedger ledger)
    {
        var size = (int)ledger.State.NextSequence;
        Assert.True(size >= acknowledged, $"{acknowledged} commands were acknowledged, {size} are there");
        Assert.True(size <= expected.Leaves.Count, $"{expected.Leaves.Count} commands were attempted, {size} are there");
        expected.CutTo(size);
        for (var i = 0; i < size; i++)
        {
            Assert.Equal(expected.Leaves[i], ledger.Store.ReadLeaf((ulong)i));
        }

        Assert.Equal(StateBytes.Of(expected.State), StateBytes.Of(ledger.State));
        // What a start has read is in tables by now.
        acknowledged = size;
    }

    private bool TryCommit(SimulatedLedger ledger, AdmittedCommand[][] groups)
    {
        now += random.Next(-1_000_000, 10_000_000);
        var sequences = groups.Select(group => group.Select(command => expected.Attempt(command, now)).ToArray()).ToArray();
        var before = ledger.Head.Newest;
        IReadOnlyList<CommittedGroup> committed;
        try
        {
            committed = ledger.Commit(groups, now);
        }
        catch (IOException)
        {
            Assert.Same(before, ledger.Head.Newest);
            return false;
        }

        acknowledged = expected.Leaves.Count;
        Assert.Equal((ulong)acknowledged, ledger.Head.Size);
        for (var g = 0; g < groups.Length; g++)
        {
            for (var i = 0; i < groups[g].Length; i++)
            {
                var outcome = Assert.IsType<Committed>(committed[g].Outcomes[i]);
                Assert.Equal(sequences[g][i], outcome.Sequence);
                Assert.Equal(expected.Leaves[(int)outcome.Sequence], outcome.Leaf);
            }
        }

        return true;
    }

    // The opening first, in its order; trade that failed before may come again with its own key.
    private AdmittedCommand[][] NextGroups()
    {
        var next = expected.Leaves.Count;
        AdmittedCommand Next() => next < scene.Opening.Count ? scene.Opening[next++] : scene.Trade[random.Next(scene.Trade.Count)];
        return [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Enumerable.Range(0, random.Next(1, 5)).Select(_ => Next()).ToArray())];
    }
}
