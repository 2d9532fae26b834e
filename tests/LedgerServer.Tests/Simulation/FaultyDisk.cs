using KpGrpc.LedgerServer.Storage;

namespace KpGrpc.LedgerServer.Tests.Simulation;

/// <summary>
/// Stands in the place of a ledger's synced write. The write that is to fail goes to the file and is then damaged once
/// the store is closed, as the next start would find it.
/// </summary>
/// <param name="folder">The ledger's data folder.</param>
/// <param name="random">Where the fault strikes.</param>
internal sealed class FaultyDisk(string folder, Random random)
{
    private Action? damage;

    /// <summary>What happens to the next write; writes are good while it is <see cref="DiskFault.None"/> or <see cref="DiskFault.BitRot"/>.</summary>
    public DiskFault Next { get; set; }

    /// <summary>The synced write.</summary>
    /// <exception cref="IOException">The fault that was set.</exception>
    public void Write(LedgerStore store, CommitBatch batch)
    {
        if (Next is DiskFault.None or DiskFault.BitRot)
        {
            store.Commit(batch);
            return;
        }

        var log = WriteAheadLog(folder);
        var before = new FileInfo(log).Length;
        store.Commit(batch);
        var after = new FileInfo(log).Length;
        Assert.True(after > before, "a commit must lengthen the write-ahead log");
        var kept = Next switch
        {
            DiskFault.LostWrite => before,
            DiskFault.FailedSync => random.NextInt64(before, after + 1),
            _ => random.NextInt64(before, after),
        };
        damage = Next is DiskFault.Hole ? () => Zero(log, kept) : () => Truncate(log, kept);
        throw new IOException($"simulated: {Next}");
    }

    /// <summary>Leaves the files as the fault left them; the store must be closed.</summary>
    /// <returns>What was done, for people.</returns>
    public string Settle()
    {
        if (Next is DiskFault.BitRot)
        {
            return Rot();
        }

        damage?.Invoke();
        return $"{Next}";
    }

    /// <summary>The newest file of the write-ahead log.</summary>
    public static string WriteAheadLog(string folder) => Directory.GetFiles(folder, "*.log").Order(StringComparer.Ordinal).Last();

    public static void Truncate(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
    }

    private static void Zero(string path, long from)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        var count = file.Length - from;
        file.Position = from;
        file.Write(new byte[count]);
    }

    private string Rot()
    {
        string[] files =
        [
            .. Directory.GetFiles(folder, "*.log").Concat(Directory.GetFiles(folder, "*.sst")).Where(path => new FileInfo(path).Length > 0).Order(StringComparer.Ordinal),
        ];
        var path = files[random.Next(files.Length)];
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var at = random.NextInt64(file.Length);
        file.Position = at;
        var value = file.ReadByte();
        file.Position = at;
        var bit = random.Next(8);
        file.WriteByte((byte)(value ^ (1 << bit)));
        return $"bit {bit} of byte {at} of the {file.Length} of {Path.GetFileName(path)}";
    }
}
