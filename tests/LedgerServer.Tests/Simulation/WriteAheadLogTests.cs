using System.Collections.Concurrent;

using KpGrpc.LedgerServer.Tests.Execution.Snapshots;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Simulation;

/// <summary>A write-ahead log that ends or has changed at any byte; all of them in a soak run, else some.</summary>
public sealed class WriteAheadLogTests : IDisposable
{
    private const int CommandsPerCommit = 3;
    private const int RecordHeadBytes = 7;

    private readonly SimulationScene scene = new();
    private readonly List<(long Bytes, int Size)> ends = [];
    private readonly byte[][] states;

    public WriteAheadLogTests()
    {
        var expected = new ExpectedLedger(scene.Genesis);
        var images = new List<byte[]> { StateBytes.Of(expected.State) };
        using var ledger = new SimulatedLedger(scene.Network, Source);
        ends.Add((new FileInfo(FaultyDisk.WriteAheadLog(Source)).Length, 0));
        foreach (var group in scene.Opening.Chunk(CommandsPerCommit))
        {
            Array.ForEach(group, command => expected.Attempt(command, FixedNetwork.StartMicros));
            ledger.Commit([group], FixedNetwork.StartMicros);
            images.Add(StateBytes.Of(expected.State));
            ends.Add((new FileInfo(FaultyDisk.WriteAheadLog(Source)).Length, expected.Leaves.Count));
        }

        states = [.. images];
    }

    private string Source => scene.DataFolder("source");

    [Fact]
    public void Open_CutAtAnyByte_RecoversTheCommitsBeforeIt() => InCopies(Cuts(), (at, folder) =>
    {
        FaultyDisk.Truncate(FaultyDisk.WriteAheadLog(folder), at);
        using var ledger = new SimulatedLedger(scene.Network, folder);
        return StateBytes.Of(ledger.State).AsSpan().SequenceEqual(states[ends.FindLastIndex(end => end.Bytes <= at)]) ? null : "another state";
    });

    [Fact]
    public void Open_AnyBitChanged_IsRefusedOrLosesNothing() => InCopies(Bits(), (place, folder) =>
    {
        var log = FaultyDisk.WriteAheadLog(folder);
        var bytes = File.ReadAllBytes(log);
        bytes[place / 8] ^= (byte)(1 << (int)(place % 8));
        File.WriteAllBytes(log, bytes);
        try
        {
            using var ledger = new SimulatedLedger(scene.Network, folder);
            return StateBytes.Of(ledger.State).AsSpan().SequenceEqual(states[^1]) ? null : $"{ledger.State.NextSequence} of {ends[^1].Size} commands left";
        }
        catch (StartupException exception)
        {
            return exception.Message.StartsWith("DATA_LOSS", StringComparison.Ordinal) ? null : exception.Message;
        }
    });

    public void Dispose() => scene.Dispose();

    private void InCopies(IEnumerable<long> places, Func<long, string, string?> check)
    {
        var faults = new ConcurrentBag<string>();
        Parallel.ForEach(places, at =>
        {
            var folder = scene.DataFolder($"at-{at}");
            Directory.CreateDirectory(folder);
            Array.ForEach(Directory.GetFiles(Source), file => File.Copy(file, Path.Combine(folder, Path.GetFileName(file))));
            if (check(at, folder) is { } fault)
            {
                faults.Add($"{at}: {fault}");
            }

            Directory.Delete(folder, recursive: true);
        });
        Assert.True(faults.IsEmpty, $"commits end at {string.Join(", ", ends)}: {string.Join("; ", faults.Order(StringComparer.Ordinal))}");
    }

    // All bits of the heads of records, and one of some other bytes.
    private IEnumerable<long> Bits()
    {
        for (var at = ends[0].Bytes; at < ends[^1].Bytes; at++)
        {
            var isHead = ends.Exists(end => at - end.Bytes is >= 0 and < RecordHeadBytes);
            if (isHead || TestScale.IsSoak || at % 97 == 0)
            {
                for (var bit = isHead ? 0 : at % 8; bit <= (isHead ? 7 : at % 8); bit++)
                {
                    yield return (at * 8) + bit;
                }
            }
        }
    }

    private IEnumerable<long> Cuts()
    {
        for (var at = ends[0].Bytes; at <= ends[^1].Bytes; at++)
        {
            if (TestScale.IsSoak || at % 97 == 0 || ends.Exists(end => Math.Abs(end.Bytes - at) <= 8))
            {
                yield return at;
            }
        }
    }
}
