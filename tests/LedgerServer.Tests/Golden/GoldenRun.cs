using System.Security.Cryptography;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Ordering;
using KpGrpc.LedgerServer.Ordering.Local;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Tests.Execution.Snapshots;
using KpGrpc.LedgerServer.Tests.Simulation;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.Testing;

using Microsoft.Extensions.Time.Testing;

namespace KpGrpc.LedgerServer.Tests.Golden;

/// <summary>What the script left behind in one ledger.</summary>
/// <param name="Root">Root of the log.</param>
/// <param name="State">The state as a snapshot's bytes.</param>
/// <param name="Columns">SHA-256 over keys and values of each column that the batching must not change.</param>
/// <param name="Leaves">The receipts.</param>
/// <param name="Commits">Signed checkpoints: one a commit.</param>
internal sealed record GoldenRun(Hash256 Root, byte[] State, IReadOnlyDictionary<string, string> Columns, IReadOnlyList<byte[]> Leaves, int Commits)
{
    /// <summary>Runs the script in a new ledger: orderer, engine, log and store are the production ones.</summary>
    /// <param name="network">Keys and genesis.</param>
    /// <param name="folder">Data folder, not yet there.</param>
    /// <param name="phases">The script.</param>
    /// <param name="group">Divides a phase into calls.</param>
    /// <param name="batchMax">Commands at which a commit closes.</param>
    public static async Task<GoldenRun> OfAsync(
        FixedNetwork network, string folder, IEnumerable<GoldenPhase> phases, Func<IReadOnlyList<AdmittedCommand>, IEnumerable<AdmittedCommand[]>> group, int batchMax)
    {
        var time = new FakeTimeProvider();
        var parts = network.Open(folder);
        await using var node = new LedgerNode(parts, new OrdererLimits(16_384, 64 << 20, batchMax, 8), time, _ => { });
        node.Start();
        foreach (var phase in phases)
        {
            time.SetUtcNow(DateTimeOffset.UnixEpoch.AddMicroseconds(phase.NowMicros));
            var commits = new List<Task<CommittedGroup>>();
            foreach (var commands in group(phase.Commands))
            {
                Assert.True(node.Orderer.TrySubmit(commands, out var commit), "the queue is full");
                commits.Add(commit);
            }

            await Task.WhenAll(commits).WithinAsync("the commits of a phase");
        }

        Assert.True(node.Orderer.TryRead(StateImage.Capture, out var image));
        return Read(node.Store, StateBytes.Of(await image.WithinAsync("the state")));
    }

    /// <summary>What a start makes of a ledger's folder: every command is replayed.</summary>
    public static GoldenRun OfReplay(FixedNetwork network, string folder)
    {
        using var ledger = new SimulatedLedger(network, folder);
        return Read(ledger.Store, StateBytes.Of(ledger.State));
    }

    private static GoldenRun Read(LedgerStore store, byte[] state)
    {
        // Checkpoints are one a commit, and cosignatures are none.
        var columns = StoreLayout.Columns.Except([StoreLayout.Checkpoints]).ToDictionary(column => column, column => Digest(store, column));
        var newest = store.ReadNewestCheckpoint()!.Signed.Checkpoint;
        var leaves = Enumerable.Range(0, (int)newest.Size).Select(sequence => store.ReadLeaf((ulong)sequence)!).ToArray();
        return new GoldenRun(newest.Root, state, columns, leaves, Rows(store, StoreLayout.Checkpoints).Count());
    }

    private static string Digest(LedgerStore store, string column)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in Rows(store, column).SelectMany(row => new[] { row.Key, row.Value }))
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<(byte[] Key, byte[] Value)> Rows(LedgerStore store, string column)
    {
        using var iterator = store.NewIterator(column);
        for (var more = iterator.SeekToFirst(); more; more = iterator.Next())
        {
            yield return (iterator.Key, iterator.Value);
        }
    }
}
